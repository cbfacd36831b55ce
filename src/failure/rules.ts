import type { Missing } from '../types.ts';

/** What a compiler, a linker, a build's tools and a shell say of what is not there: a row for each, in every language. */

/** One way of saying that something is missing. */
export interface Rule {
  readonly kind: Missing['kind'];
  /** Its group `name` is what is missing; `names` are several, in quotes or with commas. */
  readonly pattern: RegExp;
  /** What it is called instead, where the words name it otherwise. */
  readonly as?: string;
  /** Where the words have it in capitals: cmake's `DOXYGEN_EXECUTABLE`. */
  readonly inLowerCase?: true;
  /** Whose package it is, where the words tell how to get one. */
  readonly by?: string;
}

/** A name that may be asked for: no option, no path that leads elsewhere, no shell word. */
export const headers = '[A-Za-z_][\\w.+-]*(?:/[\\w.+-]+)*';

const word = '[A-Za-z_][\\w.+-]*';

/**
 * What follows `install`: options, and one package or several, which are then wanted together. A sentence that goes on after
 * them ends them: `make`, `file` and `at` are packages, too. A shell's command may go on in the next line.
 */
const packages =
  '(?: -\\S+)* (?:\\\\\n)?(?<names>[a-z0-9][a-z0-9+.-]*[a-z0-9+](?: (?:\\\\\n)?(?!(?:as|at|before|first|for|from|if|in|on|or|then|to|using|via|with)\\b(?!-))[a-z0-9][a-z0-9+.-]*[a-z0-9+])*)(?=[\\s.,;:)\'"`]|$)';

/**
 * By form and file name rather than by words: gcc, ld and the shells speak the person's language, and LC_ALL is not ours
 * to change. pkg-config, cmake, meson, setuptools and Python's own exceptions speak English alone.
 */
export const rules: readonly Rule[] = [
  // gcc: `x.c:1:10: fatal error: mysql.h: No such file or directory`. French puts a blank before the colon, Chinese has a wide one.
  {
    kind: 'header',
    pattern: new RegExp(
      `^[^\\s:][^:\\n]*:\\d+(?::\\d+)?: [^:：\\n]+(?:: |： ?)(?<name>${headers}\\.(?:h|hh|hpp|hxx|inc)|${word}/${headers})\\s?(?:: |： ?)\\S`,
      'gm',
    ),
  },
  // meson's Python module, and whoever asks for Python.h by name.
  {
    kind: 'header',
    as: 'Python.h',
    pattern:
      /Python dependency not found|dependency python3? found: NO|Python\.h (?:is |was )?(?:not found|missing|required)|Python development (?:headers|files)/gim,
  },
  // evdev: `The 'linux/input.h' and 'linux/input-event-codes.h' include files\nare missing`.
  {
    kind: 'header',
    pattern: new RegExp(
      `['"\`](?<name>${headers}\\.h)['"\`][^\\n]{0,80}\\b(?:include|header) files?\\s+(?:is|are|was|were) (?:missing|required|needed|not found)`,
      'gm',
    ),
  },
  // No compiler by the name that it is asked for by (`CC`), or one without a C library to compile against.
  {
    kind: 'program',
    as: 'cc',
    pattern: /Compiler \S+ cannot compile programs|compiler cannot create executables/gm,
  },
  // clang: `x.c:1:10: fatal error: 'mysql.h' file not found`.
  {
    kind: 'header',
    pattern: new RegExp(`^[^\\s:][^:\\n]*:\\d+:\\d+: [^:\\n]+: '(?<name>${headers})' file not found$`, 'gm'),
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
  // Pillow: `The headers or library files could not be found for zlib, a required dependency`.
  { kind: 'library', pattern: new RegExp(`library files could not be found for (?<name>${word})`, 'gm') },
  // pkg-config(1) and pkgconf(1), and what asks them.
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `[Pp]ackage (?:'(?=[^'\\n]+'(?:, required by '[^']*',)? (?:was )?not found)|(?=\\S+ was not found in the pkg-config))(?<name>${word})`,
      'gm',
    ),
  },
  { kind: 'pkg-config', pattern: new RegExp(`No package '(?<name>${word})' found`, 'gm') },
  { kind: 'pkg-config', pattern: new RegExp(`Dependency "(?<name>${word})" (?:not found|found: NO)`, 'gm') },
  // Meson where a version was asked for (dependencies/detect.py, `find_external_dependency`).
  {
    kind: 'pkg-config',
    pattern: new RegExp(`Dependency '(?<name>${word})' is required but not found`, 'gm'),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `ERROR: Dependency lookup for (?<name>${word}) with method 'pkg-?config' failed: (?!Pkg-config)`,
      'gm',
    ),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(`required packages were not found:\\s+- (?<name>${word})`, 'gm'),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `pkg-config --[\\w -]*?(?<name>${word})['"]? (?:returned|exited|failed|did not)`,
      'gm',
    ),
  },
  // Python, of a list of words: `Command '['pkg-config', '--modversion', 'libsystemd']' returned non-zero exit status 1.`
  {
    kind: 'pkg-config',
    pattern: new RegExp(
      `pkg-?config['"],(?: ?['"]--?[^'"\\n]{1,80}['"],){0,6} ?['"](?<name>${word})(?: ?[<>=]+ ?[\\w.]+)?['"][^\\n]{0,200}(?:returned|exited|failed|did not)`,
      'gm',
    ),
  },
  {
    kind: 'pkg-config',
    pattern: new RegExp(`The system library \`(?<name>${word})\` required by crate`, 'gm'),
  },
  {
    kind: 'program',
    as: 'pkg-config',
    pattern:
      /Pkg-config (?:for machine .*)?not found|Did not find pkg-config|pkg-config (?:binary |program |command |tool )?(?:(?:is|was|probably|apparently|seems to be) )*(?:not (?:found|installed|available)|missing|required)|Could NOT find PkgConfig|pkg-config["'` ]*(?:command|binary|tool|program)? could not be (?:found|run)/gim,
  },
  {
    kind: 'program',
    as: 'cc',
    pattern:
      /No CMAKE_C_COMPILER could be found|compiler specified in the environment variable CC:|Unknown compiler\(s\): \[\['cc'/gm,
  },
  {
    kind: 'program',
    as: 'c++',
    pattern:
      /No CMAKE_CXX_COMPILER could be found|compiler specified in the environment variable CXX:|Unknown compiler\(s\): \[\['c\+\+'/gm,
  },
  {
    kind: 'program',
    as: 'gfortran',
    pattern:
      /No CMAKE_Fortran_COMPILER could be found|Unknown compiler\(s\): \[\['gfortran'|no Fortran compiler found/gim,
  },
  {
    kind: 'program',
    as: 'make',
    pattern:
      /(?<!"Ninja"[^\n]*)CMAKE_MAKE_PROGRAM is not set|unable to find a build program corresponding to "Unix Makefiles"/gm,
  },
  {
    kind: 'program',
    as: 'ninja',
    pattern: /unable to find a build program corresponding to "Ninja/gm,
  },
  // gcc is there without its other languages: `cannot execute 'cc1plus': execvp: No such file or directory`.
  { kind: 'program', as: 'g++', pattern: /\bcc1plus\b[^\n]*(?:: |：)execvp(?:: |： ?)(?!Permission)/gm },
  { kind: 'program', as: 'gfortran', pattern: /\bf951\b[^\n]*(?:: |：)execvp(?:: |： ?)(?!Permission)/gm },
  // `Please install pkg-config on your system`, `You need to install gcc to build this module`.
  {
    kind: 'program',
    pattern:
      /(?:please|need to|have to|must|should) (?:first )?install (?:the )?["'`]?(?<name>gcc|g\+\+|gfortran|make|cmake|ninja|meson|git|swig|bison|flex|cargo|rustc|pkg-config|autoconf|automake|libtool|nasm|patchelf)\b/gim,
  },
  // pip's own, where a source comes from a repository.
  {
    kind: 'program',
    pattern: new RegExp(`Cannot find command '(?<name>${word})' - do you have`, 'gm'),
  },
  {
    kind: 'program',
    as: 'cmake',
    pattern:
      /CMake (?:must be|is not|needs to be) installed|cmake(?:\.exe)? (?:executable )?(?:was )?(?:not found|is required)|Problem with the CMake installation/gim,
  },
  // setuptools-rust, maturin.
  {
    kind: 'program',
    as: 'cargo',
    pattern:
      /can't find Rust compiler|the Rust package manager, is not installed|Rust (?:toolchain|compiler)\b.{0,40}\bnot (?:found|installed)|requires Rust\b|rustc.{0,20} is not installed/gim,
  },
  // "Could not find `dot` executable!"
  {
    kind: 'program',
    pattern: new RegExp(
      `(?:find|locate|run) (?:the )?["'\`](?<name>${word})["'\`] (?:executable|program|command|binary)`,
      'gim',
    ),
  },
  // "The 'make' utility is missing from PATH".
  {
    kind: 'program',
    pattern: new RegExp(
      `["'\`](?<name>${word})["'\`] (?:utility|program|tool|command|executable|binary) (?:is|was) (?:missing|required|needed|not)`,
      'gim',
    ),
  },
  // meson and others: `ERROR: Program 'glib-mkenums' not found or not executable`.
  { kind: 'program', pattern: new RegExp(`Program ['"](?<name>${word})['"].{0,80}?not found`, 'gm') },
  {
    kind: 'program',
    pattern:
      /(?<name>\w[\w+-]*[-_]config)["'`]?(?: executable| script| command| binary)? (?:was |is |could |can)?not (?:be )?(?:found|located|available|installed|in)/gim,
  },
  {
    kind: 'program',
    pattern:
      /(?:Could not|Cannot|can't|Unable to|Failed to) (?:find|run|locate|execute|invoke|call|start)(?:\/run)?(?: the)? ["'`]?(?<name>\w+[-_]config|pkg-config|swig|bison|flex|javac?|git|cmake|ninja|make|autoconf|autoreconf|automake|libtool|nasm|yasm|patchelf|protoc|llvm-config)\b(?!\s+\(missing:)/gim,
  },
  {
    kind: 'program',
    pattern:
      /configure: error: .*?\b(?<name>swig|bison|flex|cmake|nasm|yasm|perl|m4|gperf|makeinfo)\b.*(?:not found|required|install)/gim,
  },
  // Last, what the build tells people to type: `sudo apt install libopenmpi-dev`.
  { kind: 'package', by: 'apt', pattern: new RegExp(`\\bapt(?:-get)?(?: -\\S+)* install${packages}`, 'gm') },
  { kind: 'package', by: 'dnf', pattern: new RegExp(`\\b(?:dnf|yum)(?: -\\S+)* install${packages}`, 'gm') },
  {
    kind: 'package',
    by: 'zypper',
    pattern: new RegExp(`\\bzypper(?: -\\S+)* in(?:stall)?${packages}`, 'gm'),
  },
];
