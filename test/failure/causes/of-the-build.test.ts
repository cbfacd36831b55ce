import { describe, expect, it } from 'vitest';
import { build, causeOf, gcc } from '../recorded.ts';

describe('why a build ended badly, besides what it lacks', () => {
  it.each([
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
      'a build for an older Python',
      build("ModuleNotFoundError: No module named 'imp'"),
      { kind: 'too-old-source' },
    ],
  ])('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });
});
