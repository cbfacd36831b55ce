import { path, type Rule, word } from './rule.ts';

/**
 * What compilers, linkers and the loader say: by form and file name rather than by words, for they speak the person's language,
 * and LC_ALL is not ours to change.
 */
export const rulesOfCompilers: readonly Rule[] = [
  // gcc: `x.c:1:10: fatal error: mysql.h: No such file or directory`. French puts a blank before the colon, Chinese has a wide one.
  {
    kind: 'header',
    pattern: new RegExp(
      `^[^\\s:][^:\\n]*:\\d+(?::\\d+)?: [^:：\\n]+(?:: |： ?)(?<name>${path}\\.(?:h|hh|hpp|hxx|inc)|${word}/${path})\\s?(?:: |： ?)\\S`,
      'gm',
    ),
  },
  // clang: `x.c:1:10: fatal error: 'mysql.h' file not found`.
  {
    kind: 'header',
    pattern: new RegExp(`^[^\\s:][^:\\n]*:\\d+:\\d+: [^:\\n]+: '(?<name>${path})' file not found$`, 'gm'),
  },
  // ld, lld, Apple's: `/usr/bin/ld: cannot find -lpq: No such file or directory`. A path before it is a library that it passes over.
  {
    kind: 'library',
    pattern: new RegExp(
      `(?:^|[/ ])(?:x86_64-linux-gnu-|aarch64-linux-gnu-)?ld(?:\\.\\w+)?: (?!warning: )[^/\\n]*?-l(?<name>${word})`,
      'gm',
    ),
  },
  { kind: 'library', pattern: new RegExp(`library not found for -l(?<name>${word})`, 'gm') },
  // The loader, ctypes, and musl: `libhdf5.so.103: cannot open shared object file: No such file or directory`.
  {
    kind: 'library',
    pattern:
      /\blib(?<name>[A-Za-z][\w+-]*)\.so(?:\.[\d.]+)?: cannot open shared object file(?!: Permission)/gm,
  },
  {
    kind: 'library',
    pattern: /Error loading shared library (?:\S*\/)?lib(?<name>[A-Za-z][\w+-]*)\.so/gm,
  },
  // In every language the loader says two things of what is not there. Of a symbol that is not in it, or of its kind, it ends in one word.
  {
    kind: 'library',
    pattern:
      /(?<!\bld(?:\.\w+)?: [^\n]*)\blib(?<name>[A-Za-z][\w+-]*)\.so(?:\.[\d.]+)?: [^:\n]{1,80}: (?!Permission |[\w.@]+(?:$|,| \())[^:\n]+$/gm,
  },
  // gcc is there without its other languages: `cannot execute 'cc1plus': execvp: No such file or directory`.
  { kind: 'program', as: 'g++', pattern: /\bcc1plus\b[^\n]*(?:: |：)execvp(?:: |： ?)(?!Permission)/gm },
  { kind: 'program', as: 'gfortran', pattern: /\bf951\b[^\n]*(?:: |：)execvp(?:: |： ?)(?!Permission)/gm },
];
