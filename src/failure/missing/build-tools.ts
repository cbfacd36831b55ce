import { type Rule, word } from './rule.ts';

/** What autoconf, meson, cmake, setuptools-rust, maturin and pip say of the tools that they need, in English alone. */
export const rulesOfBuildTools: readonly Rule[] = [
  // meson's Python module, and whoever asks for Python.h by name.
  {
    kind: 'header',
    as: 'Python.h',
    pattern:
      /Python dependency not found|dependency python3? found: NO|Python\.h (?:is |was )?(?:not found|missing|required)|Python development (?:headers|files)/gim,
  },
  // No compiler by the name that it is asked for by (`CC`), or one without a C library to compile against.
  {
    kind: 'program',
    as: 'cc',
    pattern: /Compiler \S+ cannot compile programs|compiler cannot create executables/gm,
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
  // meson and others: `ERROR: Program 'glib-mkenums' not found or not executable`.
  { kind: 'program', pattern: new RegExp(`Program ['"](?<name>${word})['"].{0,80}?not found`, 'gm') },
  // pip's own, where a source comes from a repository.
  {
    kind: 'program',
    pattern: new RegExp(`Cannot find command '(?<name>${word})' - do you have`, 'gm'),
  },
];
