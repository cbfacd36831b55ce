import { describe, expect, it } from 'vitest';
import { debianNames, isTaken } from '../../../src/detours/system-package/debian-names.ts';
import { knownNames } from '../../../src/detours/system-package/known-names.ts';
import { apt } from '../../../src/detours/system-package/managers/apt.ts';

const machine = { python: '3.11', stdlib: '/usr/lib/python3.11', arch: 'x64', known: knownNames };

describe('a package of Debian that only shares the name of a project is not offered for it', () => {
  it.each(
    'dlt uncalled tuna codegen crit knockpy magnus mirage nexus opendrop oz pyflow pytrainer rubber setools tf zookeeper cappuccino chirp cxx shasta meep z3 louis'.split(
      ' ',
    ),
  )('%s', (name) => {
    expect(debianNames(name)).toEqual([]);
    expect(isTaken(name)).toBe(true);
  });

  it.each([
    ['requests', 'python3-requests'],
    ['numpy', 'python3-numpy'],
    ['django', 'python3-django'],
    ['sqlalchemy', 'python3-sqlalchemy'],
    ['mercurial', 'mercurial'],
    ['confection', 'python3-confection'],
    ['distro-info', 'python3-distro-info'],
    ['rrdtool', 'python3-rrdtool'],
    ['btest', 'btest'],
    ['reclass', 'python3-reclass'],
    ['django-object-actions', 'python3-django-object-actions'],
    ['cmakelang', 'cmake-format'],
    ['pylibiio', 'python3-libiio'],
    ['ipalib', 'python3-ipalib'],
    ['libsumo', 'sumo'],
    ['ofxstatement-lansforsakringar', 'ofxstatement-plugins'],
    ['azure-core', 'python3-azure'],
    ['azure-mgmt-advisor', 'python3-azure'],
    ['azure-cognitiveservices-vision-face', 'python3-azure'],
    ['azure-storage-blob', 'python3-azure-storage'],
    ['azure-cli-telemetry', 'python3-azure-cli-telemetry'],
    ['beautifulsoup4', 'python3-bs4'],
    ['certifi', 'python3-certifi'],
    ['fabric', 'python3-fabric'],
    ['buildbot', 'buildbot'],
    ['icecream', 'python3-icecream'],
    ['pymupdf', 'python3-fitz'],
    ['pyscard', 'python3-pyscard'],
    ['xpra', 'xpra'],
  ])('%s is in %s', (name, package_) => {
    expect(debianNames(name)[0]).toBe(package_);
  });
});

describe('what apt is asked', () => {
  it('has no dots but in a namespace, and then in a pattern that is exact', () => {
    const plain = apt.ask(['charset-normalizer', 'typing-extensions', 'a-b-c'], machine, 'install').args;
    expect(plain).toEqual([
      'policy',
      'python3-charset-normalizer',
      'python3-typing-extensions',
      'python3-a-b-c',
    ]);
    const args = apt.ask(['zope-interface', 'requests'], machine, 'install').args;
    expect(args.filter((word) => /[.+]/.test(word))).toEqual(['?exact-name(python3-zope.interface)']);
  });
});
