import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  aptBuildsWith,
  aptCandidates,
  modulesBeside,
} from '../../../src/detours/system-package/apt-files.ts';
import type { Missing } from '../../../src/types.ts';
import { top } from '../../support/machine.ts';

describe('the table of what Debian and Ubuntu bring', () => {
  it.each<[Missing['kind'], string, string]>([
    ['header', 'mysql.h', 'libmariadb-dev'],
    ['header', 'portaudio.h', 'portaudio19-dev'],
    ['header', 'lber.h', 'libldap-dev'],
    ['header', 'libxml/xpath.h', 'libxml2-dev'],
    ['header', 'openssl/ssl.h', 'libssl-dev'],
    ['header', 'boost/python.hpp', 'libboost-dev'],
    ['header', 'linux/input.h', 'linux-libc-dev'],
    ['header', 'Python.h', 'python3.11-dev'],
    ['header', 'pyconfig.h', 'python3.11-dev'],
    ['header', 'hdf5.h', 'libhdf5-dev'],
    ['header', 'ft2build.h', 'libfreetype-dev'],
    ['library', 'pq', 'libpq-dev'],
    ['library', 'libcap', 'libcap-dev'],
    ['library', 'jpeg', 'libjpeg62-turbo-dev'],
    ['pkg-config', 'dbus-1', 'libdbus-1-dev'],
    ['pkg-config', 'cairo', 'libcairo2-dev'],
    ['pkg-config', 'fuse3', 'libfuse3-dev'],
    ['pkg-config', 'libidn2', 'libidn2-dev'],
    ['cmake', 'ZLIB', 'zlib1g-dev'],
    ['program', 'pg_config', 'libpq-dev'],
    ['program', 'mysql_config', 'libmariadb-dev-compat'],
    ['program', 'swig', 'swig'],
    ['program', 'tesseract', 'tesseract-ocr'],
    ['program', 'proj', 'proj-bin'],
    ['library', 'netCDF', 'libnetcdf-dev'],
    ['library', 'HDF5', 'libhdf5-dev'],
    ['library', 'FFTW', 'libfftw3-dev'],
    ['module', 'lib2to3', 'python3-lib2to3'],
    ['module', 'ensurepip', 'python3.11-venv'],
    ['program', 'cc', 'build-essential'],
    ['program', 'x86_64-linux-gnu-g++', 'build-essential'],
    ['program', 'cargo', 'cargo'],
  ])('%s %s', (kind, name, package_) => {
    expect(aptCandidates({ kind, name }, '3.11')).toContain(package_);
  });

  it('tells what Debian builds a project with, where that is little', () => {
    expect(aptBuildsWith('python3-m2crypto')).toEqual(['libssl-dev', 'swig']);
    expect(aptBuildsWith('python3-netcdf4')).toContain('libnetcdf-dev');
    for (const name of ['python3-gdal', 'python3-requests', 'no-such-package'])
      expect(aptBuildsWith(name)).toEqual([]);
  });

  it('knows nothing of what is not there, and proposes nothing that is no name of a package', () => {
    expect(aptCandidates({ kind: 'header', name: 'no/such/thing-at-all.h' }, '3.11')).toEqual([]);
    for (const name of ['a b', '$(reboot)', '../x', '-o'])
      expect(
        aptCandidates({ kind: 'pkg-config', name }, '3.11').filter(
          (one) => !/^[a-z0-9][a-z0-9+.-]+$/.test(one),
        ),
      ).toEqual([]);
  });

  it.each<[Missing['kind'], string, readonly string[]]>([
    ['header', 'portaudio.h', ['portaudio-2.0', 'portaudiocpp']],
    ['header', 'png.h', ['libpng', 'libpng16']],
    ['header', 'libxml/xpath.h', ['libxml-2.0']],
    ['library', 'pq', ['libpq']],
    ['program', 'pg_config', ['libpq']],
    ['header', 'no/such/thing-at-all.h', []],
  ])('%s %s: with it come the modules %j, by which other distributions are asked', (kind, name, modules) => {
    expect(modulesBeside({ kind, name }, '3.11')).toEqual(modules);
  });

  it('is a few hundred kB', () => {
    expect(statSync(join(top, 'dist/lib/apt-files.txt.br')).size).toBeLessThan(500_000);
  });
});
