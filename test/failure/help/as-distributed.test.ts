import { describe, expect, it } from 'vitest';
import { builtLike, fittingRelease } from '../../../src/failure/help/as-distributed.ts';
import { lacking } from '../../../src/failure/help/build-lacks.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { Missing, Situation } from '../../../src/types.ts';
import { sandbox } from '../../support/sandbox.ts';
import { situationFor } from '../../support/situations.ts';

/** An apt-cache that knows these packages: `NAME VERSION`, or `NAME VERSION installed`. */
function here(line: string, packages: readonly string[], change: Partial<Situation> = {}) {
  const box = sandbox();
  const stanzas = packages.map((one) => {
    const [name = '', version = '', installed] = one.split(' ');
    return `*" ${name} "*) printf '%s\\n' '${name}:' '  Installed: ${installed === undefined ? '(none)' : version}' '  Candidate: ${version}' ;; esac`;
  });
  const answers = stanzas.map((stanza) => `case " $* " in ${stanza}`).join('\n');
  box.write('../bin/apt-cache', `#!/bin/sh\n${answers}\n`, 0o755);
  box.write('../bin/apt-get', '#!/bin/sh\n', 0o755);
  const situation = situationFor(line, {
    systemPackages: { manager: 'apt', state: 'unasked', answers: [], attended: true, root: [] },
    ...change,
  });
  const environment = readEnvironment({ HOME: box.home, PATH: `${box.home}/bin:/usr/bin:/bin` });
  return { box, situation, environment };
}

const nothing = { packages: [], missing: [] };

describe('a build that does not say plainly what it lacks', () => {
  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['gets what Debian builds it with', ['libssl-dev 3.0', 'swig 4.1'], [], 'libssl-dev swig'],
    ['gets no more than is not there', ['libssl-dev 3.0 installed', 'swig 4.1'], [], 'swig'],
    ['gets nothing that this release does not have', ['swig 4.1'], [], 'swig'],
    ['gets nothing twice, and it is said', ['libssl-dev 3.0', 'swig 4.1'], ['libssl-dev', 'swig'], undefined],
  ])('%s', async (_, packages, had, gets) => {
    const { situation, environment } = here('install M2Crypto', packages);
    const explained = await builtLike({ name: 'M2Crypto' }, situation, environment, {
      ...nothing,
      packages: had,
    });
    expect(explained?.remedy?.packages.join(' ')).toBe(gets);
    expect(explained?.lines.join(' ')).toMatch(
      gets === undefined
        ? /It still fails, although libssl-dev and swig are there now\.$/
        : /^The build does not say plainly what it lacks\. Debian builds M2Crypto with .*swig\.$/,
    );
  });

  it('is left alone where Debian does not have the project', async () => {
    const { situation, environment } = here('install nosuchthing', []);
    expect(await builtLike({ name: 'nosuchthing' }, situation, environment, nothing)).toBeUndefined();
  });
});

describe('a library that is there and is not found', () => {
  it.each<[string, Missing, string | undefined]>([
    ['is asked for by pkg-config', { kind: 'library', name: 'HDF5', loose: true }, 'pkg-config'],
    [
      'is another version of it, where a directory lacks a header',
      { kind: 'header', name: 'hdf5/x.h' },
      undefined,
    ],
  ])('%s', async (_, missing, gets) => {
    const { situation, environment } = here('install tables', [
      'libhdf5-dev 1.10 installed',
      'pkg-config 1.8',
    ]);
    const explained = await lacking([missing], situation, environment, nothing);
    expect(explained?.remedy?.packages.join(' ')).toBe(gets);
  });
});

describe('a release that the distribution has built with the libraries that are here', () => {
  const failing = { name: 'pygit2', version: '1.19.0' };
  const there = ['python3-pygit2 1.11.1-1'];

  it('is offered where the newest one wants newer libraries', async () => {
    const { situation, environment } = here('install --no-binary pygit2 pygit2', there);
    const older = await fittingRelease(failing, ['The build lacks it.'], situation, environment);
    expect(older?.remedy?.situation.command.argv.join(' ')).toBe('install --no-binary pygit2 pygit2==1.11.1');
    expect(older?.remedy?.title).toBe('Take pygit2 1.11.1 instead');
    expect(older?.lines.join(' ')).toBe(
      "The build lacks it. Debian has built pygit2 1.11.1 with its own libraries. Type: pip install --no-binary pygit2 'pygit2==1.11.1'",
    );
  });

  it.each([
    ['pygit2==1.19\n', undefined],
    ['-c more.txt\n', undefined],
    ['# pygit2\nother<2\n', 'pygit2==1.11.1'],
  ])('is offered where pip.conf does not limit the project: %j', async (limits, asked) => {
    const { box, situation, environment } = here('install pygit2', there);
    box.write('limits.txt', limits);
    box.write('../.config/pip/pip.conf', `[install]\nconstraint = ${box.project}/limits.txt\n`);
    const older = await fittingRelease(failing, ['x'], situation, environment);
    expect(older?.remedy?.situation.command.argv[1]).toBe(asked);
  });

  it.each<[string, string, string, readonly string[], Partial<Situation>]>([
    ['for what was asked for in a version that is newer', 'install pygit2>=1.15', '1.19.0', there, {}],
    ['for what nobody typed', 'install gitthing', '1.19.0', there, {}],
    ['where a file limits the version', 'install -c limits.txt pygit2', '1.19.0', there, {}],
    ['where a variable does', 'install pygit2', '1.19.0', there, { variables: ['PIP_CONSTRAINT'] }],
    ['where that very release has failed', 'install pygit2', '1.11.1', there, {}],
    ['where it is newer than what has failed', 'install pygit2', '1.4', there, {}],
    ['where the distribution has none', 'install pygit2', '1.19.0', [], {}],
    [
      'for another Python than the distribution’s',
      'install pygit2',
      '1.19.0',
      there,
      { making: { missing: '3.13' } },
    ],
  ])('is not offered %s', async (_, line, version, packages, change) => {
    const { situation, environment } = here(line, packages, change);
    expect(await fittingRelease({ ...failing, version }, ['x'], situation, environment)).toBeUndefined();
  });
});
