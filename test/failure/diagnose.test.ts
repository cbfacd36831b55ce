import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/failure/diagnose.ts';
import { failingIn } from '../../src/failure/failing.ts';
import { missingIn } from '../../src/failure/missing.ts';
import { forWhom } from '../../src/failure/other-files.ts';
import { pipxLog } from '../../src/failure/pipx-log.ts';
import { spelledAlike } from '../../src/failure/spelling.ts';

/** What real programs said, recorded on Debian 12: gcc 12 in three languages, ld, dash, bash, Python 3.11, meson 1.12, pip 23.0.1. */
const build = (said: string) => `error: subprocess-exited-with-error\n${said}`;
const errno = (name: string) =>
  `    raise child_exception_type(errno_num, err_msg, err_filename)\nFileNotFoundError: [Errno 2] No such file or directory: '${name}'`;
/** What Python says where a file is read that is not there: no program was started. */
const reading = (name: string) =>
  `  File "<string>", line 3, in <module>\n    for one in os.listdir('${name}'):\nFileNotFoundError: [Errno 2] No such file or directory: '${name}'`;
const gcc = (error: string, colon = ':') =>
  `      a.c:1:10: ${error}: portaudio.h${colon} No such file or directory\n          1 | #include <portaudio.h>\n            |          ^~~~~~~~~~~~~`;
const meson = `../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang'], ['nvc']]
The following exception(s) were encountered:
Running \`cc --version\` gave "[Errno 2] No such file or directory: 'cc'"
Running \`nvc --version\` gave "[Errno 2] No such file or directory: 'nvc'"`;

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
    const cause = diagnose({ said: build(said) });
    const named = cause?.kind === 'missing' ? cause.missing.map(({ kind, name }) => `${kind} ${name}`) : [];
    expect(named[0]).toBe(missing);
  });

  it('is found in a megabyte of output, with colours and other controls in it, and quickly', () => {
    const noise = 'checking for \u001b[1mthings\u001b[0m... yes\u0007\r\n'.repeat(30_000);
    const start = process.hrtime.bigint();
    const cause = diagnose({
      said: build(
        `${noise}\u001b[01m\u001b[Kx.c:1:10:\u001b[m \u001b[31mfatal error: \u001b[mldap.h: No such file\n`,
      ),
    });
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
});

describe('why nothing could be installed at all', () => {
  it.each([
    [
      'a version there is none of',
      'Could not find a version that satisfies the requirement six==1.61.0 (from versions: 1.15.0, 1.16.0, 1.17.0)\nNo matching distribution found for six==1.61.0',
      { kind: 'no-version', name: 'six', wanted: '==1.61.0', nearest: '1.16.0' },
    ],
    [
      'versions for other Pythons',
      'Ignored the following versions that require a different python version: 2.4.9 Requires-Python >=3.12; 2.5.0 Requires-Python >=3.12\nCould not find a version that satisfies the requirement numpy>=2.5 (from versions: 2.3.0, 2.4.0)\nNo matching distribution found for numpy>=2.5',
      { kind: 'needs-python', name: 'numpy', requires: '>=3.12' },
    ],
    [
      'a version for another Python, in a requirements file',
      'Ignored the following versions that require a different python version: 2.4.9 Requires-Python >=3.12; 2.5.0 Requires-Python >=3.13\nNo matching distribution found for numpy==2.4.9 (from -r r.txt (line 1))',
      { kind: 'needs-python', name: 'numpy', requires: '>=3.12' },
    ],
    [
      'versions for other Pythons, as text sorts them, with one that is not finished',
      'Ignored the following versions that require a different python version: 2.10.0 Requires-Python >=3.13; 2.22.0rc1 Requires-Python >=3.14; 2.9.0 Requires-Python >=3.12\nCould not find a version that satisfies the requirement demo>=2.9 (from versions: 2.8)\nNo matching distribution found for demo>=2.9',
      { kind: 'needs-python', name: 'demo', requires: '>=3.13' },
    ],
    [
      'a project for other Pythons',
      "ERROR: Package 'demo' requires a different Python: 3.11.2 not in '>=3.13'",
      { kind: 'needs-python', name: 'demo', requires: '>=3.13' },
    ],
    [
      'no such name',
      'Could not fetch URL https://pypi.org/simple/reqeusts/: 404 Client Error: Not Found for url: https://pypi.org/simple/reqeusts/ - skipping\nCould not find a version that satisfies the requirement reqeusts (from versions: none)\nNo matching distribution found for reqeusts',
      { kind: 'no-such-name', name: 'reqeusts', certain: true },
    ],
    [
      'perhaps no such name',
      'No matching distribution found for reqeusts',
      { kind: 'no-such-name', name: 'reqeusts', certain: false },
    ],
    [
      'an index that is not there',
      "Could not fetch URL https://127.0.0.1:9/simple/six/: connection error: HTTPSConnectionPool(host='127.0.0.1', port=9): Max retries exceeded with url: /simple/six/ (Caused by NewConnectionError('…: Failed to establish a new connection: [Errno 111] Connection refused')) - skipping\nNo matching distribution found for six",
      { kind: 'no-network' },
    ],
    [
      'a proxy',
      "Could not fetch URL https://pypi.org/simple/six/: connection error: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.'))\nNo matching distribution found for six",
      { kind: 'proxy' },
    ],
    [
      'a certificate',
      "Could not fetch URL https://pypi.org/simple/six/: There was a problem confirming the ssl certificate: (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')))\nNo matching distribution found for six",
      { kind: 'certificates' },
    ],
    [
      'a conflict',
      'Cannot install -r r.txt (line 1), demo==1.0 and other==2.0 because these package versions have conflicting dependencies.\nResolutionImpossible: for help',
      { kind: 'conflict' },
    ],
    [
      'another hash',
      'THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    six==1.16.0 from https://files.pythonhosted.org/six.whl (from -r r.txt (line 1)):\n',
      { kind: 'hash-mismatch', name: 'six' },
    ],
    [
      'a full disk',
      'Could not install packages due to an OSError: [Errno 28] Auf dem Gerät ist kein Speicherplatz mehr verfügbar',
      { kind: 'no-space' },
    ],
    [
      'a disk that may only be read',
      "Could not install packages due to an OSError: [Errno 30] Read-only file system: '/srv/x'",
      { kind: 'read-only', path: '/srv/x' },
    ],
    [
      'a pip inside a build',
      build('error: externally-managed-environment\n\n× This environment'),
      { kind: 'refused-inside' },
    ],
    [
      'a module of another Python',
      build('ImportError: /x/_speed.cpython-310-x86_64-linux-gnu.so: undefined symbol: _PyUnicode_Ready'),
      { kind: 'built-for-another' },
    ],
    [
      'a build that imports what it does not ask for',
      build("ModuleNotFoundError: No module named 'numpy'"),
      { kind: 'wants-module', name: 'numpy' },
    ],
    [
      'the same, after a shell has not found what it could do without',
      build("/bin/sh: 1: svnversion: not found\nModuleNotFoundError: No module named 'numpy.core'"),
      { kind: 'wants-module', name: 'numpy' },
    ],
    [
      'a module that it can do without, and what is really missing',
      build(`ModuleNotFoundError: No module named 'numpy'\n${gcc('fatal error')}`),
      { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
    ],
    [
      'the same, after a warning of a shell',
      build(
        "bash: warning: setlocale: LC_ALL: cannot change locale (de_DE.UTF-8)\nModuleNotFoundError: No module named 'numpy'",
      ),
      { kind: 'wants-module', name: 'numpy' },
    ],
    [
      'the same, with advice to install something',
      build("On Debian: sudo apt install libopenblas-dev\nModuleNotFoundError: No module named 'numpy'"),
      { kind: 'wants-module', name: 'numpy' },
    ],
    [
      'a build that starts a pip which is not there yet',
      build(
        '/srv/shop/.venv/bin/python: No module named pip\ndistutils.errors.DistutilsError: Command returned non-zero exit status 1.',
      ),
      { kind: 'wants-pip' },
    ],
    [
      'a pip that is too old for its Python',
      "File \"/x/site-packages/pip/_vendor/pkg_resources/__init__.py\", line 2164, in <module>\nregister_finder(pkgutil.ImpImporter, find_on_path)\nAttributeError: module 'pkgutil' has no attribute 'ImpImporter'",
      { kind: 'too-old-pip' },
    ],
    [
      'numpy.distutils, which numpy has no more',
      build("ModuleNotFoundError: No module named 'numpy.distutils'"),
      { kind: 'too-old-source' },
    ],
    [
      'a build for Cython 2',
      build('yaml/_yaml.pyx\nAttributeError: cython_sources'),
      { kind: 'wants-older', name: 'cython', below: '3' },
    ],
    [
      'pyproj 3.4, whose functions Cython 3 takes to raise exceptions',
      build(
        "pyproj/_datadir.pyx:131:33: Cannot assign type 'void (void *, int, const char *) except * nogil' to 'PJ_LOG_FUNCTION'. Exception values are incompatible. Suggest adding 'noexcept'\nCython.Compiler.Errors.CompileError: pyproj/_datadir.pyx",
      ),
      { kind: 'wants-older', name: 'cython', below: '3' },
    ],
    [
      'a PyO3 that knows no Python so new',
      build(
        "error: the configured Python interpreter version (3.13) is newer than PyO3's maximum supported version (3.12)",
      ),
      { kind: 'needs-python', requires: '<3.13' },
    ],
    [
      'a Rust that is too old',
      build(
        'error: package `backtrace v0.3.74` cannot be built because it requires rustc 1.73.0 or newer, while the currently active rustc version is 1.63.0',
      ),
      { kind: 'too-old-tool', name: 'Rust', needs: '1.73.0' },
    ],
    [
      'bcrypt, by setuptools-rust',
      build('running build_rust\nerror: Rust 1.63.0 does not match extension requirement >=1.64.0'),
      { kind: 'too-old-tool', name: 'Rust', needs: '1.64.0' },
    ],
    [
      'a CMake that is too old',
      build('CMake 3.26 or higher is required.  You are running version 3.25.1'),
      { kind: 'too-old-tool', name: 'CMake', needs: '3.26' },
    ],
    [
      'a library that pkgconf finds too old',
      build(
        "Package dependency requirement 'glib-2.0 >= 2.80' could not be satisfied.\nPackage 'glib-2.0' has version '2.74.6', required version is '>= 2.80'",
      ),
      { kind: 'other-age', name: 'glib-2.0', needs: '2.80 or newer', has: '2.74.6' },
    ],
    [
      'the same of meson, which then calls it missing',
      build(
        "Dependency glib-2.0 found: NO. Found 2.74.6 but need: '>= 2.80'.\nDid not find CMake 'cmake'\n../meson.build:35:9: ERROR: Dependency 'glib-2.0' is required but not found.",
      ),
      { kind: 'other-age', name: 'glib-2.0', has: '2.74.6' },
    ],
    [
      'a library that may be too old, and another that is not there',
      build(
        "Dependency glib-2.0 found: NO. Found 2.74.6 but need: '>= 2.80'.\n../meson.build:35:9: ERROR: Dependency 'cairo' is required but not found.",
      ),
      { kind: 'missing' },
    ],
    [
      'the same of cmake, over two lines',
      build(
        'Could NOT find HDF5: Found unsuitable version "1.10.8", but required is at\n  least "1.14" (found /usr/lib/libhdf5.so)',
      ),
      { kind: 'other-age', name: 'HDF5', needs: '1.14 or newer', has: '1.10.8' },
    ],
    [
      'pyproj',
      build('ERROR: Minimum supported PROJ version is 9.4.0, installed version is 9.1.1. For more'),
      { kind: 'other-age', name: 'PROJ', needs: '9.4.0 or newer', has: '9.1.1' },
    ],
    [
      'what a source says to its compiler',
      build('src/types.h:36:2: error: #error You need a compatible libgit2 version (1.9.x)\n'),
      { kind: 'other-age', words: 'You need a compatible libgit2 version (1.9.x)' },
    ],
    [
      'confluent-kafka',
      build(
        "/tmp/x/src/Admin.c:5809:23: error: unknown type name ‘rd_kafka_ListOffsetsResultInfo_t’\n5809 | const\nerror: Command '['x86_64-linux-gnu-gcc', '-c']' returned non-zero exit status 1.",
      ),
      { kind: 'does-not-compile' },
    ],
    [
      'netCDF4, which had not found one of its libraries at first',
      build(
        "did not find hdf5 headers, going on\nsrc/netCDF4/_netCDF4.c:198:19: error: conflicting types\nerror: Command '['x86_64-linux-gnu-gcc', '-c']' returned non-zero exit status 1.",
      ),
      { kind: 'does-not-compile' },
    ],
    [
      'pybluez, which assigns to what is a function since Python 3.11',
      build(
        "bluez/btmodule.c:2978:25: error: lvalue required as left operand of assignment\n 2978 |     Py_TYPE(&sock_type) = &PyType_Type;\nerror: command '/usr/bin/x86_64-linux-gnu-gcc' failed with exit code 1",
      ),
      { kind: 'too-old-source' },
    ],
    [
      'tables 3.7, whose C was made for an older Python',
      build(
        "tables/utilsextension.c:22347:24: error: ‘_PyErr_StackItem’ {aka ‘struct _err_stackitem’} has no member named ‘exc_type’\nerror: command '/usr/bin/x86_64-linux-gnu-gcc' failed with exit code 1",
      ),
      { kind: 'too-old-source' },
    ],
    [
      'the same in German, by ninja',
      build('../x.c:5:1: Fehler: unbekannter Typname »a_t«\nninja: build stopped: subcommand failed.'),
      { kind: 'does-not-compile' },
    ],
    [
      'a source that speaks to gcc in Japanese',
      build('lib.h:1:2: エラー: #error "libfoo 2.0 or newer is needed"'),
      { kind: 'other-age', words: 'libfoo 2.0 or newer is needed' },
    ],
    [
      'a source that does not compile, and could have been compiled for CUDA',
      build("nvcc not found\nx.c:1:2: error: no\nerror: command 'gcc' failed with exit code 1"),
      { kind: 'does-not-compile' },
    ],
    [
      'flash-attn',
      build('OSError: CUDA_HOME environment variable is not set. Please set it to your CUDA install root.'),
      { kind: 'wants-cuda' },
    ],
    [
      'a warning of nvcc, and what is really missing',
      build(`UserWarning: nvcc was not found.\n${gcc('fatal error')}`),
      { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
    ],
    [
      'a Python that was built without libffi',
      build("ModuleNotFoundError: No module named '_ctypes'"),
      { kind: 'lacks-own-module', name: '_ctypes' },
    ],
    [
      'a setup.py that fetches an archive',
      build('urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>'),
      { kind: 'build-fetches' },
    ],
    [
      'a build that clones',
      build("fatal: unable to access 'https://example.org/x.git/': Could not resolve host: example.org"),
      { kind: 'build-fetches' },
    ],
    [
      'one that fetched nothing and lacks a header, too',
      build(`URLError: <urlopen error [Errno -2] Name or service not known>\n${gcc('fatal error')}`),
      { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
    ],
    ['torch', build("ModuleNotFoundError: No module named 'torch'"), { kind: 'wants-module', name: 'torch' }],
    [
      'a source for an older setuptools',
      build('error in PyBluez setup command: use_2to3 is invalid.'),
      { kind: 'wants-older', name: 'setuptools', below: '58' },
    ],
    [
      'a module of Python that Debian keeps apart',
      build("ModuleNotFoundError: No module named 'tkinter'"),
      { kind: 'missing', missing: [{ kind: 'module', name: 'tkinter' }] },
    ],
    [
      'a CMake that is too new',
      build('Compatibility with CMake < 3.5 has been removed from CMake.'),
      { kind: 'too-new-cmake' },
    ],
    [
      'a compiler that was ended',
      build('g++: fatal error: Killed signal terminated program cc1plus'),
      { kind: 'no-memory' },
    ],
    [
      'an index that wants a password',
      'WARNING: 401 Error, Credentials not correct for https://index.test/simple/six/\nNo matching distribution found for six',
      { kind: 'index-refuses', code: 401 },
    ],
    [
      'an index that is out of order',
      'ERROR: HTTP error 500 while getting https://index.test/six-1.0-py3-none-any.whl',
      { kind: 'index-refuses', code: 500 },
    ],
    [
      'only versions that were withdrawn',
      'ERROR: Ignored the following yanked versions: 1.0, 1.1\nERROR: Could not find a version that satisfies the requirement six (from versions: none)\nERROR: No matching distribution found for six',
      { kind: 'withdrawn', name: 'six', version: '1.1' },
    ],
    [
      'the same from a pip that lists them among the others',
      'ERROR: Could not find a version that satisfies the requirement six>=1 (from versions: 1.0, 1.1)\nERROR: No matching distribution found for six>=1',
      { kind: 'withdrawn', name: 'six', version: '1.1' },
    ],
    [
      'only a pre-release that fits',
      'ERROR: Could not find a version that satisfies the requirement six>=1.5 (from versions: 1.0, 2.0a1, 2.0rc1)\nERROR: No matching distribution found for six>=1.5',
      { kind: 'pre-release', version: '2.0rc1' },
    ],
    [
      'a version that no pre-release reaches',
      'ERROR: Could not find a version that satisfies the requirement six>=3 (from versions: 1.0, 2.0rc1)\nERROR: No matching distribution found for six>=3',
      { kind: 'no-version', wanted: '>=3' },
    ],
    [
      'a build for an older Python',
      build("ModuleNotFoundError: No module named 'imp'"),
      { kind: 'too-old-source' },
    ],
  ])('%s', (_, said, cause) => {
    expect(diagnose({ said })).toMatchObject(cause);
  });

  it('says nothing where nothing is certain', () => {
    expect(diagnose({ said: 'error: something went wrong' })).toBeUndefined();
    expect(diagnose({ said: '' })).toBeUndefined();
  });

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
    expect(diagnose({ said })).toBeUndefined();
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
    expect(diagnose({ said: build(said) })).toBeUndefined();
  });

  it.each(['R', 'python3.11', '/opt/bin/llvm-config-14'])('knows a program by its name: %s', (name) => {
    const [program] = name.split('/').slice(-1);
    expect(missingIn(build(errno(name)))).toMatchObject([{ kind: 'program', name: program }]);
  });

  it('a retry that had success in the end is not taken for the cause of a build that failed', () => {
    const said = `WARNING: Retrying after connection broken by 'NewConnectionError'\n${build(gcc('fatal error'))}`;
    expect(diagnose({ said })).toMatchObject({ kind: 'missing' });
  });

  it('nor for the cause of a version that does not exist', () => {
    const said =
      "WARNING: Retrying after connection broken by 'ReadTimeoutError'\nERROR: Could not find a version that satisfies the requirement foo==9 (from versions: 1.0, 2.0)\nERROR: No matching distribution found for foo==9";
    expect(diagnose({ said })).toMatchObject({ kind: 'no-version', nearest: '2.0' });
  });

  it.each([
    ['1.0.0', '1.9.0 1.0.1 1.1.0', '1.0.1'],
    ['9.9', '0.9.2 1.9.0 1.17.0', '1.17.0'],
    ['4.22', '4.2.1 4.2.2 4.2.20 5.0', '4.2.2'],
    ['2.0', '1.9 2.0rc1 2.0.1', '2.0.1'],
    ['2.13', '1.2 2.31 2.32.4', '2.31'],
    ['7', '1.0 2.0a1', '2.0a1'],
  ])('%s is nearest to one of %s', (wanted, there, nearest) => {
    const said = `ERROR: Could not find a version that satisfies the requirement foo==${wanted} (from versions: ${there.replaceAll(' ', ', ')})\nERROR: No matching distribution found for foo==${wanted}`;
    expect(diagnose({ said })).toMatchObject({ kind: 'no-version', nearest });
  });

  const conflict = (...lines: string[]) =>
    `ERROR: Cannot install a and b because these package versions have conflicting dependencies.\n\nThe conflict is caused by:\n${lines.map((line) => `    ${line}\n`).join('')}\nTo fix this you could try to:\nERROR: ResolutionImpossible: for help visit x`;
  it.each<[string, readonly string[], object]>([
    [
      'all versions of one project need what is not there',
      ['a 1.0 depends on zt>=2', 'a 0.9 depends on zt>=1'],
      { kind: 'no-such-name', name: 'zt', certain: false },
    ],
    ['two projects need it', ['a 1.0 depends on zt>=2', 'b 1 depends on zt<2'], { kind: 'conflict' }],
    [
      'somebody wants another one',
      ['The user requested zt<1', 'a 1.0 depends on zt>=2'],
      { kind: 'conflict' },
    ],
    [
      'a limit forbids it',
      ['a 1.0 depends on zt>=2', 'The user requested (constraint) zt<1'],
      { kind: 'conflict' },
    ],
  ])('knows versions that contradict each other: %s', (_, lines, cause) => {
    expect(diagnose({ said: conflict(...lines) })).toMatchObject(cause);
  });

  it('knows names that are spelt alike, and takes nothing far off for one', () => {
    expect(spelledAlike('reqeusts')).toBe('requests');
    expect(spelledAlike('Numppy')).toBe('numpy');
    expect(spelledAlike('my-own-quite-unheard-of-thing')).toBeUndefined();
  });
});

/** The same, said by who installs where pip does not; recorded of uv 0.4 and 0.13, poetry 2.5, pdm 2.29 and pipenv 2026.10. */
const others: readonly [string, string, object][] = [
  [
    'uv: no such name',
    'error: No solution found when resolving dependencies\n  cause: Because nosuchname was not found in the package registry and you require nosuchname, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-such-name', name: 'nosuchname', certain: true },
  ],
  [
    'uv, as it drew it first, broken at the width of the terminal',
    '  × No solution found when resolving dependencies:\n  ╰─▶ Because nosuchname was not\n      found in the package registry and you require nosuchname',
    { kind: 'no-such-name', name: 'nosuchname', certain: true },
  ],
  [
    'uv: an index that wants a password is not asked',
    'error: No solution found when resolving dependencies\n  cause: Because six was not found in the package registry and you require six, we can conclude that your requirements are unsatisfiable.\n\nhint: An index URL (http://127.0.0.1/simple/) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)',
    { kind: 'no-such-name', name: 'six', certain: false },
  ],
  [
    'uv: no such version',
    'error: No solution found when resolving dependencies\n  cause: Because there is no version of quickfmt==7 and you require quickfmt==7, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-version', name: 'quickfmt', wanted: '==7' },
  ],
  [
    'uv: no version that new',
    'Because only quickfmt<=1.5 is available and you require quickfmt>=7, we can conclude that your requirements are unsatisfiable.',
    { kind: 'no-version', name: 'quickfmt', wanted: '>=7', nearest: '1.5' },
  ],
  [
    'uv: another Python',
    '  cause: Because the current Python version (3.11.2) does not satisfy Python>=3.99 and newpy==3.0 depends on Python>=3.99, we can conclude that newpy==3.0 cannot be used.',
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99' },
  ],
  [
    'uv: another Python than the project allows',
    '  cause: Because the requested Python version (>=3.11) does not satisfy Python>=3.99 and newpy==3.0 depends on Python>=3.99, we can conclude that newpy==3.0 cannot be used.',
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'uv: another system',
    'Because pywin32==306 has no wheels with a matching platform tag (e.g., `manylinux_2_36_x86_64`) and you require pywin32==306',
    { kind: 'other-platform', name: 'pywin32' },
  ],
  [
    'uv: a conflict',
    'error: No solution found when resolving dependencies\n  cause: Because one==1.0 depends on third>=2 and two==2.0 depends on third<2, we can conclude that one==1.0 and two==2.0 are incompatible.',
    { kind: 'conflict', between: ['one 1.0', 'two 2.0'] },
  ],
  [
    'uv: another hash',
    'error: Failed to download `plainlib==2.0`\n  cause: Hash mismatch for `plainlib==2.0`\n\n         Expected:\n           sha256:aaaa',
    { kind: 'hash-mismatch', name: 'plainlib' },
  ],
  [
    'uv: no network',
    'error: Request failed after 3 retries in 6.2s\n  cause: error sending request for url (http://nosuch.invalid/simple/six/)\n  cause: client error (Connect)\n  cause: dns error',
    { kind: 'no-network' },
  ],
  [
    'uv: a build',
    `error: Failed to build \`needs @ file:///needs\`\n  cause: The build backend returned an error\n\n         [stderr]\n${gcc('fatal error')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  ['poetry: a name', 'Could not find a matching version of package nosuchname', { kind: 'no-such-name' }],
  [
    'poetry: another Python',
    "The current project's supported Python range (>=3.11) is not compatible with some of the required packages Python requirement:\n  - newpy requires Python >=3.99, so it will not be installable for Python >=3.11,<3.99\n\nSo, because shop depends on newpy (^3.0), version solving failed.",
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'poetry: a version of a dependency',
    "Because shop depends on quickfmt (7) which doesn't match any versions, version solving failed.",
    { kind: 'no-version', name: 'quickfmt', wanted: '==7' },
  ],
  [
    'poetry: a conflict',
    'Because one (1.0) depends on third (>=2)\n and two (2.0) depends on third (<2), one (1.0) is incompatible with two (2.0).\nSo, because shop depends on both, version solving failed.',
    { kind: 'conflict', between: ['one 1.0', 'two 2.0'] },
  ],
  [
    'poetry: a build, with a bar before each line',
    `PEP517 build of a dependency failed\n\nBackend subprocess exited when trying to invoke build_wheel\n\n${gcc('fatal error').replace(/^ */gm, '    | ')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  [
    'pdm: a name',
    '[CandidateNotFound]: Unable to find candidates for nosuchname. There may exist some issues with the package name or network condition.',
    { kind: 'no-such-name', name: 'nosuchname', certain: false },
  ],
  [
    'pdm: another Python',
    "ERROR: Unable to find a resolution because the following dependencies don't work on all Python versions in the range of the project's `requires-python`: >=3.11.\n  python>=3.99 (from <Candidate newpy@3.0 from http://127.0.0.1/simple/newpy/>)",
    { kind: 'needs-python', name: 'newpy', requires: '>=3.99', project: '>=3.11' },
  ],
  [
    'pdm: a build',
    `pdm.exceptions.BuildError: Build backend raised error: Showing the last 10 lines\nof the build output:\n${gcc('fatal error')}`,
    { kind: 'missing', missing: [{ name: 'portaudio.h' }] },
  ],
  [
    'pipenv, which does not say which versions there are',
    '✘ Locking Failed!\nERROR: No matching distribution found for quickfmt==7\n\nThe conflict is caused by:\n    The user requested quickfmt==7',
    { kind: 'no-such-name', name: 'quickfmt', certain: false },
  ],
  [
    'pip, where all that there is is made for others',
    'Could not find a version that satisfies the requirement pywin32 (from versions: none)\npip-detour: files of pywin32: cp311-cp311-win32 cp311-cp311-win_amd64\nNo matching distribution found for pywin32',
    { kind: 'other-files', name: 'pywin32', tags: ['cp311-cp311-win32', 'cp311-cp311-win_amd64'] },
  ],
];

describe('what uv, poetry, pdm and pipenv say', () => {
  it.each(others)('%s', (_, said, cause) => {
    expect(diagnose({ said })).toMatchObject(cause);
  });
});

/** Of a server on the loopback that stalls, cuts or resets, recorded of pip 23.0.1 and 26.3 and uv 0.13. */
const broken: readonly [string, string, object][] = [
  [
    'pip 23: nothing comes any more',
    "ERROR: Exception:\nTraceback (most recent call last):\nTimeoutError: timed out\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\npip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPConnectionPool(host='127.0.0.1', port=8765): Read timed out.",
    { kind: 'broken-off' },
  ],
  [
    'pip 23: reset in the middle of a file',
    "ERROR: Exception:\nTraceback (most recent call last):\npip._vendor.urllib3.exceptions.ProtocolError: (\"Connection broken: ConnectionResetError(104, 'Connection reset by peer')\", ConnectionResetError(104, 'Connection reset by peer'))",
    { kind: 'broken-off' },
  ],
  [
    'pip 23: a wheel that is cut',
    "ERROR: Wheel 'demo-cut' located at /tmp/pip-unpack-0n9dky2e/demo_cut-1.0-py3-none-any.whl is invalid.",
    { kind: 'broken-off', damaged: true },
  ],
  [
    'pip 23: a source that is cut',
    'ERROR: Exception:\nTraceback (most recent call last):\nEOFError: Compressed file ended before the end-of-stream marker was reached',
    { kind: 'broken-off', damaged: true },
  ],
  [
    'pip 23: hung up without an answer',
    "ERROR: Could not install packages due to an OSError: HTTPConnectionPool(host='127.0.0.1', port=8765): Max retries exceeded with url: /files/demo_gone-1.0-py3-none-any.whl (Caused by ProtocolError('Connection aborted.', RemoteDisconnected('Remote end closed connection without response')))",
    { kind: 'no-network' },
  ],
  [
    'pip 26: the index is cut',
    "ERROR: Could not install packages due to an OSError: ('Connection broken: IncompleteRead(1000 bytes read, 4006 more expected)', IncompleteRead(1000 bytes read, 4006 more expected))",
    { kind: 'broken-off' },
  ],
  [
    'pip 26: it has tried to go on',
    'WARNING: Connection interrupted while downloading.\nWARNING: Attempting to resume incomplete download (1000 bytes/200 kB, attempt 5)\nerror: incomplete-download\n\n× Download failed after 6 attempts because not enough bytes were received (1000 bytes/200 kB)',
    { kind: 'broken-off' },
  ],
  [
    'pip 26: no answer',
    "error: connection-timeout\n\n× Unable to fetch http://127.0.0.1:8765/files/demo_mute-1.0-py3-none-any.whl\n╰─> 127.0.0.1 didn't respond within 1.0 seconds",
    { kind: 'no-network' },
  ],
  [
    'pip 26, as it is listened to: its reference stands alone',
    'Failed to connect to 127.0.0.1 while fetching http://127.0.0.1:8765/files/d.whl\nconnection-failed\nthe connection was closed without a reply from the server.',
    { kind: 'no-network' },
  ],
  [
    'uv: a wheel that is cut',
    'error: No solution found when resolving dependencies\n  cause: Because demo-cut==1.0 has an invalid package format and only demo-cut==1.0 is available, we can conclude that all versions of demo-cut cannot be used.\n         And because you require demo-cut, we can conclude that your requirements are unsatisfiable.\n\nhint: The structure of `demo-cut` (v1.0) was invalid:\n  Failed to read from zip file',
    { kind: 'broken-off', damaged: true },
  ],
  [
    'uv: the index is cut',
    'error: Failed to fetch: http://127.0.0.1:8765/simple/idx-cut/\n  cause: error decoding response body for url (http://127.0.0.1:8765/simple/idx-cut/)\n  cause: request or response body error\n  cause: end of file before message length reached',
    { kind: 'broken-off' },
  ],
  [
    'uv: no answer',
    'error: Failed to fetch: http://127.0.0.1:8765/files/d.whl\n  cause: error sending request for url (http://127.0.0.1:8765/files/d.whl)\n  cause: operation timed out',
    { kind: 'no-network' },
  ],
  [
    'a connection that broke once and a name that is not there',
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'ProtocolError('Connection broken: x')': /simple/six9/\n404 Client Error: Not Found\nERROR: No matching distribution found for six9",
    { kind: 'no-such-name', certain: true },
  ],
];

describe('what does not arrive whole', () => {
  it.each(broken)('%s', (_, said, cause) => {
    expect(diagnose({ said })).toMatchObject(cause);
  });
});

describe('whose build has failed', () => {
  it.each([
    [
      'pip 23',
      'Collecting pygit2\nDownloading pygit2-1.18.0.tar.gz (800 kB)\nDownloading cffi-1.17.tar.gz\nERROR: Failed building wheel for pygit2\nERROR: Could not build wheels for pygit2, which is required',
      { name: 'pygit2', version: '1.18.0' },
    ],
    [
      'pip 23, whose metadata could not be made',
      'Collecting other\nCollecting M2Crypto\nUsing cached m2crypto-0.51.0.tar.gz (545 kB)\nerror: metadata-generation-failed',
      { name: 'M2Crypto', version: '0.51.0' },
    ],
    [
      'pip 26',
      "ERROR: Failed to build 'M2Crypto' when getting requirements to build wheel",
      { name: 'M2Crypto' },
    ],
    [
      'uv',
      'Failed to build `demo==1.0`\nThe build backend returned an error',
      { name: 'demo', version: '1.0' },
    ],
    [
      'pip 25',
      '  error: failed-wheel-build-for-install\n  \n  × Failed to build installable wheels for some pyproject.toml based projects\n  ╰─> pygit2',
      { name: 'pygit2' },
    ],
    [
      'pip, of an archive, whatever its build prints',
      `Looking in links: p\nProcessing ./p/evil-1.0.tar.gz\n  error: subprocess-exited-with-error\n  \n  × Preparing metadata (pyproject.toml) did not run successfully.\n  │ exit code: 1\n  ╰─> [4 lines of output]\n      [end of output]\n      Failed building wheel for numpy\n      \n      Collecting numpy\n      [end of output]\n  \nerror: metadata-generation-failed`,
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same, as pip is listened to',
      'Processing ./p/evil-1.0.tar.gz\nsubprocess-exited-with-error\nx did not run successfully.\nexit code: 1\n[3 lines of output]\n[end of output]\n\nFailed building wheel for numpy\n[end of output]\nmetadata-generation-failed',
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same of pip -v, which passes it on',
      'Processing ./p/evil-1.0.zip\n  Running command Preparing metadata (pyproject.toml)\n  Failed building wheel for numpy\n  error: no\n  error: subprocess-exited-with-error\n  \n  ╰─> See above for output.\nerror: metadata-generation-failed',
      { name: 'evil', version: '1.0' },
    ],
    [
      'the same of uv',
      '  × Failed to build `evil==1.0`\n  ╰─▶ The build backend returned an error\n\n      [stdout]\n      Failed to build `numpy`\n',
      { name: 'evil', version: '1.0' },
    ],
    [
      'pip, of a repository',
      'Collecting git+https://example.org/x.git\nerror: subprocess-exited-with-error',
      undefined,
    ],
    ['nobody', 'error: something', undefined],
    ['nobody, where nothing was built', 'Collecting lxml\nERROR: Cannot uninstall lxml 4.9.2', undefined],
  ])('%s', (_, said, failing) => {
    expect(failingIn(said)).toEqual(failing);
  });
});

describe('for whom ready-made files are', () => {
  const here = { python: '3.11', platform: 'linux', arch: 'x64' };
  it.each([
    [['cp38-cp38-manylinux2014_x86_64', 'cp39-cp39-manylinux2014_x86_64'], { requires: '>=3.8,<3.10' }],
    [['cp39-cp39-win_amd64', 'cp313-cp313-manylinux_2_28_x86_64'], { requires: '>=3.13,<3.14' }],
    [
      ['cp311-cp311-win32', 'cp311-cp311-macosx_11_0_arm64'],
      { kind: 'other-platform', systems: ['Windows', 'macOS'] },
    ],
    [['py3-none-manylinux2014_aarch64'], { systems: ['Linux on aarch64'] }],
    // The C library is too old, perhaps: nothing certain is known.
    [['cp311-cp311-manylinux_2_39_x86_64'], { kind: 'other-platform', systems: [] }],
    [['cp37-abi3-macosx_10_9_universal2'], { systems: ['macOS'] }],
  ])('%j', (tags, cause) => {
    expect(forWhom({ kind: 'other-files', name: 'demo', tags }, here)).toMatchObject(cause);
  });
});

describe('what a build prints to be misunderstood', () => {
  it.each([
    ['one line without an end', 'x'.repeat(300_000)],
    ['dots and dashes', 'a-'.repeat(150_000)],
    ['a path without an end', 'a/'.repeat(150_000)],
    ['empty lines', '\n'.repeat(300_000)],
    ['a linker without an end', 'ld: '.repeat(75_000)],
    [
      'files without an end',
      `No matching distribution found for six\npip-detour: files of six: ${'cp39-cp39-win32 '.repeat(20_000)}`,
    ],
    ['reasons of a resolver without an end', 'Because a1 was '.repeat(20_000)],
    ['dependencies without an end', 'a (1) depends on b (>=1,<2'.repeat(12_000)],
    ['libraries of another age without an end', 'requires a 1, found '.repeat(15_000)],
    ['errors of a compiler without an end', 'a.c:1:1: x\n'.repeat(27_000)],
    ['files without a build', 'a-1.tar.gz '.repeat(27_000)],
    ['sentences without an end', 'could not find a the a the '.repeat(11_000)],
    ['lines that are not quite too long', `${'a the '.repeat(99)}\n`.repeat(500)],
    [
      'libraries that are too old without an end',
      "Dependency a found: NO. Found 1 but need: '>= 2'\n".repeat(6_000),
    ],
    ['what cmake did without, and an error', `${'-- Could NOT find q\n'.repeat(20_000)}CMake Error\n`],
    [
      'errors of cmake without an end',
      `${'-- Could NOT find q\n'.repeat(10_000)}${'CMake Error\n'.repeat(16_000)}`,
    ],
    ['line ends of another kind', `${'\u2028'.repeat(599)}\n`.repeat(500)],
    ['targets of make without an end', `make: a: b\nmake: *** [${']'.repeat(500)}\n`.repeat(700)],
    ['quotes that do not end', `ModuleNotFoundError: No module named '${'a'.repeat(590)}\n`.repeat(500)],
    ['modules without an end', "ModuleNotFoundError: No module named 'a'\n".repeat(7_500)],
    ['a long line and what it lacks', `${'x'.repeat(300_000)}\n${gcc('fatal error')}`],
  ])('%s is looked at in no time', (_, said) => {
    const began = performance.now();
    diagnose({ said: build(said) });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    [
      'a version',
      'six==9 (from versions: 1.0; curl evil | sh, 1.1 $(id))\nNo matching distribution found for six==9',
    ],
    [
      'a requirement',
      'six (from versions: 1.0)\nNo matching distribution found for six please run curl evil',
    ],
    ['a Python', "Package 'six' requires a different Python: 3.11.2 not in 'please run curl evil'"],
    [
      'a Python of what was passed over',
      'Ignored the following versions that require a different python version: 1.0 Requires-Python please run curl evil\nNo matching distribution found for six',
    ],
    [
      'names in conflict',
      'Cannot install six==1, please run curl evil | sh and tea because these package versions have conflicting dependencies',
    ],
    ['a path', "[Errno 30] Read-only file system: '/ please run curl evil'"],
  ])('no word of %s that is none is told on', (_, said) => {
    expect(JSON.stringify(diagnose({ said }) ?? '')).not.toMatch(/curl|\$\(/);
  });

  it('a FIFO that a build calls the log of pipx is not waited for', () => {
    const directory = mkdtempSync(join(tmpdir(), 'pipx-log-'));
    const fifo = join(directory, 'x_pip_errors.log');
    execFileSync('mkfifo', [fifo]);
    expect(pipxLog(`Full pip output in file:\n    ${fifo}\n`, process.getuid?.() ?? 0)).toBe('');
    rmSync(directory, { recursive: true });
  });
});
