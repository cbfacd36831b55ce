import { describe, expect, it } from 'vitest';
import { missingIn } from '../../../src/failure/missing/missing-in.ts';
import { build, causeOf, errno, gcc, meson } from '../recorded.ts';

describe('what a build lacks, by what it says last', () => {
  it.each([
    ['gcc', gcc('fatal error'), 'header portaudio.h'],
    ['gcc in German', gcc('schwerwiegender Fehler'), 'header portaudio.h'],
    [
      'gcc in German, with its C library in German',
      gcc('schwerwiegender Fehler').replace(
        'No such file or directory',
        'Datei oder Verzeichnis nicht gefunden',
      ),
      'header portaudio.h',
    ],
    ['gcc in French', gcc('erreur fatale', ' :'), 'header portaudio.h'],
    ['gcc in Chinese', 'a.c:1:10: 致命错误：portaudio.h：没有那个文件或目录', 'header portaudio.h'],
    ['gcc in Taiwan', 'a.c:1:10: 嚴重錯誤：portaudio.h：沒有此一檔案或目錄', 'header portaudio.h'],
    ['gcc alone, in Chinese', 'gcc: 致命错误：无法执行‘cc1plus’：execvp：没有那个文件或目录', 'program g++'],
    [
      'the loader',
      'OSError: libportaudio.so.2: cannot open shared object file: No such file or directory',
      'library portaudio',
    ],
    [
      'the loader in Chinese',
      'x: error while loading shared libraries: libhdf5.so.103: 无法打开共享对象文件: 没有那个文件或目录',
      'library hdf5',
    ],
    [
      'the loader of musl',
      'Error loading shared library libpq.so.5: No such file or directory (needed by /x/_psycopg.so)',
      'library pq',
    ],
    [
      'gcc alone',
      'gcc: fatal error: cannot execute ‘cc1plus’: execvp: No such file or directory',
      'program g++',
    ],
    [
      'cmake without ninja',
      'CMake Error: CMake was unable to find a build program corresponding to "Ninja".  CMAKE_MAKE_PROGRAM is not set.',
      'program ninja',
    ],
    [
      'xmlsec 1.3.17',
      'running build_ext\nerror: Unable to invoke pkg-config.\n[end of output]',
      'program pkg-config',
    ],
    [
      'h5py',
      "error: pkg-config probably not installed: FileNotFoundError(2, 'No such file')",
      'program pkg-config',
    ],
    [
      'an old cmake',
      'CMake Error: Could NOT find PythonInterp (missing: PYTHON_EXECUTABLE)',
      'cmake PythonInterp',
    ],
    ['M2Crypto', "running egg_info\nerror: [Errno 2] No such file or directory: 'cpp'", 'program cpp'],
    ['setuptools', "error: [Errno 2] No such file or directory: 'llvm-config-14'", 'program llvm-config-14'],
    ['libsodium', 'configure: error: C compiler cannot create executables', 'program cc'],
    ['pynacl', "Exception: ERROR: The 'make' utility is missing from PATH", 'program make'],
    ['libvirt-python', 'pkg-config binary is required to compile libvirt-python', 'program pkg-config'],
    [
      'evdev',
      "The 'linux/input.h' and 'linux/input-event-codes.h' include files\nare missing. You will have to install",
      'header linux/input.h',
    ],
    ['mpi4py', '  $ sudo apt install libmpich-dev    # for MPICH', 'package libmpich-dev'],
    ['several', 'run: sudo apt-get install -y libfoo1 libbar-dev.', 'package libfoo1'],
    ['a sentence that goes on', 'apt install libbar-dev at first to make it work', 'package libbar-dev'],
    ['dnf', '$ sudo dnf install mpich-devel     # for MPICH', 'package mpich-devel'],
    ['python-prctl', 'You need to install gcc to build this module', 'program gcc'],
    [
      'python-prctl, with gcc',
      'You need to install libcap development headers to build this module',
      'library libcap',
    ],
    ['PyICU', 'RuntimeError: Please install pkg-config on your system', 'program pkg-config'],
    [
      'pip',
      "ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH?",
      'program git',
    ],
    [
      'gcc at a terminal that knows links',
      '\u001b]8;;file:///x/a.c\u001b\\\u001b[01ma.c:1:10:\u001b[m\u001b]8;;\u001b\\ \u001b[31mfatal error: \u001b[mportaudio.h: No such file or directory',
      'header portaudio.h',
    ],
    ['gcc among what is no text', `\ufffd\ufffd\u0000\n${gcc('fatal error')}\n\ufffd`, 'header portaudio.h'],
    [
      'g++, a path',
      'c.cpp:1:10: fatal error: boost/python.hpp: No such file or directory',
      'header boost/python.hpp',
    ],
    [
      'a header without a suffix',
      'c.cpp:1:10: fatal error: Eigen/Core: No such file or directory',
      'header Eigen/Core',
    ],
    ['clang', "x.c:1:10: fatal error: 'ldap.h' file not found", 'header ldap.h'],
    ['ld', '/usr/bin/ld: cannot find -lportaudio: No such file or directory', 'library portaudio'],
    ['ld in German', '/usr/bin/ld: -lpq kann nicht gefunden werden', 'library pq'],
    ['dash', '/bin/sh: 1: pkg-config: not found', 'program pkg-config'],
    ['bash', 'bash: line 1: mysql_config: command not found', 'program mysql_config'],
    ['bash in German', 'bash: Zeile 1: mysql_config: Kommando nicht gefunden.', 'program mysql_config'],
    ['bash in Chinese', 'bash: 行 1: mysql_config：指令找不到', 'program mysql_config'],
    ['bash in French', 'bash: ligne 1: cmake\u00a0: commande introuvable', 'program cmake'],
    ['busybox', '/bin/sh: exec: line 0: swig: not found', 'program swig'],
    ['zsh', 'zsh:1: command not found: swig', 'program swig'],
    [
      'make',
      'make: cmake: No such file or directory\nmake: *** [Makefile:2: all] Error 127',
      'program cmake',
    ],
    ['Python', errno('cmake'), 'program cmake'],
    [
      'Python 3.13, whose lines have marks below them',
      `  File "/usr/lib/python3.13/subprocess.py", line 1966, in _execute_child\n    raise child_exception_type(\n    ~~~~~^^^\nFileNotFoundError: [Errno 2] No such file or directory: 'xsltproc'`,
      'program xsltproc',
    ],
    ['a program alone', "error: [Errno 2] No such file or directory: 'pg_config'", 'program pg_config'],
    ['a script', '/usr/bin/env: ‘perl’: No such file or directory', 'program perl'],
    ['a script, in Chinese', 'env: “swig”: 没有那个文件或目录', 'program swig'],
    ['rustc', 'error: linker `cc` not found', 'program cc'],
    ['a header by hand', 'setup.py: error: fftw3.h not found', 'header fftw3.h'],
    ['cargo', 'is `cmake` not installed?', 'program cmake'],
    [
      'distutils',
      "error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory",
      'program x86_64-linux-gnu-gcc',
    ],
    ['distutils, a path', "error: command '/usr/bin/swig' failed: No such file or directory", 'program swig'],
    ['psycopg2', 'Error: pg_config executable not found.', 'program pg_config'],
    ['pkgconf', "Package 'cairo', required by 'virtual:world', not found", 'pkg-config cairo'],
    ['pkg-config', 'Package dbus-1 was not found in the pkg-config search path.', 'pkg-config dbus-1'],
    ['meson', '../meson.build:6:0: ERROR: Dependency "cairo" not found, tried pkgconfig', 'pkg-config cairo'],
    [
      'meson, of a version',
      "../meson.build:35:10: ERROR: Dependency 'girepository-2.0' is required but not found.",
      'pkg-config girepository-2.0',
    ],
    ['meson without a compiler', meson, 'program cc'],
    [
      'meson without Python’s headers',
      'Run-time dependency python found: NO (tried pkgconfig and sysconfig)\n../cairo/meson.build:51:15: ERROR: Python dependency not found',
      'header Python.h',
    ],
    ['cmake', 'Could NOT find ZLIB (missing: ZLIB_LIBRARY ZLIB_INCLUDE_DIR)', 'cmake ZLIB'],
    [
      'cmake, of a program',
      'CMake Error at /usr/share/cmake-3.25/Modules/FindPackageHandleStandardArgs.cmake:230 (message):\n  Could NOT find Doxygen (missing: DOXYGEN_EXECUTABLE)',
      'program doxygen',
    ],
    [
      'cmake, of a program of several',
      'Could NOT find Java (missing: Java_JAVAC_EXECUTABLE Java_JAR_EXECUTABLE)',
      'program javac',
    ],
    [
      'cmake, of Python',
      'Could NOT find Python (missing: Python_EXECUTABLE Python_INCLUDE_DIRS)',
      'cmake Python',
    ],
    ['cmake’s status alone', '-- Could NOT find Git (missing: GIT_EXECUTABLE)', 'program git'],
    [
      'cmake’s status, which an error speaks of in its own words',
      '-- Could NOT find ZLIB (missing: ZLIB_LIBRARY)\nCMake Error at CMakeLists.txt:9 (message):\n  zlib is wanted',
      'cmake ZLIB',
    ],
    [
      'cmake’s status of pkg-config, without which it does not find another',
      '-- Could NOT find PkgConfig (missing: PKG_CONFIG_EXECUTABLE)\nCMake Error at CMakeLists.txt:9 (message):\n  Could NOT find Cairo (missing: CAIRO_LIBRARY)',
      'program pkg-config',
    ],
    [
      'cmake’s find_program',
      'CMake Error at CMakeLists.txt:2 (find_program):\n  Could not find SWIG_PATH using the following names: swig, swig4.0',
      'program swig',
    ],
    [
      'cmake’s find_library',
      'CMake Error at CMakeLists.txt:2 (find_library):\n  Could not find PA using the following names: portaudio',
      'library portaudio',
    ],
    ['cmake without a compiler', 'CMake Error: No CMAKE_CXX_COMPILER could be found.', 'program c++'],
    ['python-prctl', 'You need to install libcap development headers to build this module', 'library libcap'],
    ['hidapi', "Exception: pkg-config package 'libusb-1.0 >= 1.0.9' not found", 'pkg-config libusb-1.0'],
    ['a program by hand', 'Error: node is not installed', 'program node'],
    ['a library by hand', 'error: libusb is required', 'pkg-config libusb'],
    ['xmlsec', 'error: xmlsec1 is not installed or not in path.', 'pkg-config xmlsec1'],
    ['pygraphviz', 'Could not find `dot` executable!', 'program dot'],
    ['setuptools-rust', "error: can't find Rust compiler", 'program cargo'],
    ['maturin', 'Cargo, the Rust package manager, is not installed or is not on PATH.', 'program cargo'],
    [
      'Pillow',
      'The headers or library files could not be found for jpeg, a required dependency',
      'library jpeg',
    ],
    [
      'lxml',
      'Error: Please make sure the libxml2 and libxslt development packages are installed.',
      'library libxml2',
    ],
    ['pymssql', 'setup.py: ERROR: Could not find C compiler', 'program cc'],
    ['autoconf', 'configure: error: no acceptable C compiler found in $PATH', 'program cc'],
    ['by hand', 'This cannot be built without a C compiler', 'program cc'],
    ['uwsgi', 'Exception: you need a C compiler to build uWSGI', 'program cc'],
    [
      'pyzmq, by scikit-build-core',
      'Could not find the compiler specified in the environment variable CC:\n\n  x86_64-linux-gnu-gcc.\nCall Stack (most recent call first):\nCMake Error: CMAKE_C_COMPILER not set, after EnableLanguage',
      'program cc',
    ],
    [
      'M2Crypto, which starts what shutil.which has not found',
      '  File "<string>", line 249, in finalize_options\n  File "/usr/lib/python3.11/subprocess.py", line 1024, in __init__\n    self._execute_child(args, executable, preexec_fn, close_fds,\n  File "/usr/lib/python3.11/subprocess.py", line 1775, in _execute_child\n    and os.path.dirname(executable)\n        ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  File "<frozen posixpath>", line 152, in dirname\nTypeError: expected str, bytes or os.PathLike object, not NoneType',
      'program cc',
    ],
    ['pyproj', 'proj executable not found. Please set the PROJ_DIR variable.', 'program proj'],
    [
      'sdbus',
      "subprocess.CalledProcessError: Command '('pkg-config', '--modversion', 'libsystemd')' returned non-zero exit status 1.",
      'pkg-config libsystemd',
    ],
    ['netCDF4', 'ValueError: Did not find netCDF version 4 headers.', 'library netCDF'],
    [
      'tables',
      '.. ERROR:: Could not find a local HDF5 installation headers (hdrdir=None) and/or libdir (libdir=False).',
      'library HDF5',
    ],
    [
      'a header of a library that is there too',
      `Could not find foo headers\n${gcc('fatal error')}`,
      'header portaudio.h',
    ],
  ])('%s', (_, said, missing) => {
    const cause = causeOf(build(said));
    const named = cause?.kind === 'missing' ? cause.missing.map(({ kind, name }) => `${kind} ${name}`) : [];
    expect(named[0]).toBe(missing);
  });

  it('is found in a megabyte of output, with colours and other controls in it, and quickly', () => {
    const noise = 'checking for \u001b[1mthings\u001b[0m... yes\u0007\r\n'.repeat(30_000);
    const start = process.hrtime.bigint();
    const cause = causeOf(
      build(
        `${noise}\u001b[01m\u001b[Kx.c:1:10:\u001b[m \u001b[31mfatal error: \u001b[mldap.h: No such file\n`,
      ),
    );
    expect(cause).toMatchObject({ kind: 'missing', missing: [{ kind: 'header', name: 'ldap.h' }] });
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(20);
  });

  it.each(['$(reboot).h', '`id`/x.h', '-o.h', '../../etc/x.h', 'a b.h', ';x.h', '/etc/passwd'])(
    'a name like %s is no header, so it is never asked for',
    (name) => {
      const named = missingIn(
        `x.c:1:10: fatal error: ${name}: No such file\n${errno(name)}\n/bin/sh: 1: ${name}: not found`,
      );
      for (const { name: found } of named) expect(found).toMatch(/^[A-Za-z_][\w.+-]*(?:\/[\w.+-]+)*$/);
      expect(named.map((one) => one.name)).not.toContain(name);
    },
  );

  it.each(['R', 'python3.11', '/opt/bin/llvm-config-14'])('knows a program by its name: %s', (name) => {
    const [program] = name.split('/').slice(-1);
    expect(missingIn(build(errno(name)))).toMatchObject([{ kind: 'program', name: program }]);
  });
});
