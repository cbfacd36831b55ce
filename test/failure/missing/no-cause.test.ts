import { describe, expect, it } from 'vitest';
import { build, causeOf, errno, reading } from '../recorded.ts';

describe('what is no cause', () => {
  it.each([
    "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements'",
    "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'dev/requirements.txt'",
    "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/tmp/wheel'",
    ...['README.md', '/tmp/pip-install-x/y/requirements.txt', 'VERSION'].map((name) => build(errno(name))),
    // The directory that a program was to run in, and the source's own script.
    ...['/x/third_party/gtest', 'src', './configure', 'build/lib'].map((name) => build(errno(name))),
    ...['src', 'data', 'config', 'build/lib', 'requirements', '/x/third_party/gtest', '/usr/share/dict'].map(
      (name) => build(reading(name)),
    ),
    build("error: [Errno 2] No such file or directory: 'src'"),
    build("error: command './configure' failed: No such file or directory"),
  ])('takes no file that is not there for a program that a build lacks: %s', (said) => {
    expect(causeOf(said)).toBeUndefined();
  });

  it.each([
    'GDAL 2.0 or newer is required, found 3.6.2',
    "Dependency glib-2.0 found: NO. Found 2.74.6 but need: '>= 2.80'.\nRun-time dependency glib-2.0 found: YES 2.80",
    "x.c:1:2: Warnung: unbenutzte Variable »a« [-Wunused-variable]\nx.c:1:2: note: x\nerror: command 'twine' failed with exit code 1",
    'The simple library is required, as is the Qt library',
    'the base library is missing',
    'note: this package needs no C compiler, and works without a C++ compiler, too',
    'error: API_TOKEN is required',
    'Error: this is required for building',
    'error: token is missing',
    'Error: configuration not found',
    'Error: Python is required',
    'Error: package token not found',
    'Program is not found',
    'Please install the necessary development libraries',
    'You have to install Python, and the required development packages',
    'make sure the development packages are installed',
    '/usr/bin/ld: skipping incompatible /usr/lib32/libpq.so when searching for -lpq',
    "ld: warning: ignoring duplicate libraries: '-lc++'",
    'NumPy is required',
    'ERROR: config.yaml is missing',
    'env: ‘run’: Permission denied',
    '-- Could NOT find PkgConfig (missing: PKG_CONFIG_EXECUTABLE)\nCMake Error at CMakeLists.txt:9 (message):\n  Choose a backend',
    '-- Could NOT find Doxygen (missing: DOXYGEN_EXECUTABLE)\nCMake Error at CMakeLists.txt:9 (message):\n  Choose a backend',
    'CMake Warning at CMakeLists.txt:3 (find_package):\n  By not providing "FindFoo.cmake" in CMAKE_MODULE_PATH this project has asked\n\n  Could not find a package configuration file provided by "Foo" with any of\n  the following names:\n\nCMake Error at CMakeLists.txt:9 (message):\n  Choose a backend',
    '-- Could NOT find HDF5: Found unsuitable version "1.10.8", but required is at least "1.14" (found /x)\nCMake Error at CMakeLists.txt:9 (message):\n  Choose a backend',
    "ImportError: /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/cmake)",
    "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /x/_speed.so)",
    '/x/swig: symbol lookup error: /usr/lib/libfoo.so.1: undefined symbol: bar',
    'OSError: /x/libfoo.so.1: wrong ELF class: ELFCLASS32',
    'OSError: libfoo.so.1: cannot open shared object file: Permission denied',
    '/usr/bin/ld: /usr/lib/libfoo.so.1: error adding symbols: DSO missing from command line',
    'bash: warning: setlocale: LC_ALL: cannot change locale (de_DE.UTF-8)',
    'bash: line 1: warning: here-document at line 1 delimited by end-of-file',
    'make: warning:  Clock skew detected.  Your build may be incomplete.\nmake: *** [Makefile:2: all] Error 1',
    "make: nofile.mk: No such file or directory\nmake: *** No rule to make target 'nofile.mk'.  Stop.",
    'make: execvp: ./run: Permission denied\nmake: *** [Makefile:2: all] Error 127',
    "/bin/sh: 1: cd: can't cd to vendor",
    'bash: line 1: cd: vendor: No such file or directory',
    'bash: line 1: list: No such file or directory',
    'bash: line 1: PREFIX: unbound variable',
    'bash: Zeile 1: PREFIX: ist nicht gesetzt.',
    '/bin/sh: 1: PREFIX: parameter not set',
    'sh: 1: configure: Permission denied',
    "error: command 'configure' failed: Permission denied",
  ])('takes nothing for a cause that is none: %s', (said) => {
    expect(causeOf(build(said))).toBeUndefined();
  });
});
