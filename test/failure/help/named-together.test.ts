import { describe, expect, it } from 'vitest';
import { lacking } from '../../../src/failure/help/build-lacks.ts';
import { missingIn } from '../../../src/failure/missing/missing-in.ts';
import type { Missing } from '../../../src/types.ts';
import { whereAptKnowsAll as here } from './apt-knows-all.ts';

describe('what a build names together', () => {
  const names =
    'swig bison flex gperf nasm yasm cmake meson ninja-build patchelf autoconf automake libtool gettext';
  const said = `apt-get install -y \\\n${names.replaceAll(' ', ' \\\n')}\n`;

  it.each([
    ['all of it is offered', [], names.split(' ').length, / the packages swig, bison, .* and 7 more\.$/],
    [
      'what was got is not',
      ['swig'],
      names.split(' ').length - 1,
      / the packages bison, flex, .* and 6 more\.$/,
    ],
    [
      'what is left is named in full',
      names.split(' ').slice(2),
      2,
      /^The build itself asks for the packages swig and bison\.$/,
    ],
  ])('%s', async (_, packages, count, says) => {
    const { situation, environment } = here(true);
    const explained = await lacking(missingIn(said), situation, environment, { packages, missing: [] });
    expect(explained?.remedy?.packages).toHaveLength(count);
    expect(explained?.lines.join(' ')).toMatch(says);
  });

  it('has its kind said once', async () => {
    const { situation, environment } = here(true);
    const missing = missingIn('make sure the libxml2 and libxslt development packages are installed');
    const explained = await lacking(missing, situation, environment, { packages: [], missing: [] });
    expect(explained?.lines.join(' ')).toMatch(
      /lacks the libraries libxml2 and libxslt; \S+ has them in \S+ and \S+\.$/,
    );
  });
});

it('a name that a library and a program have is taken for one of them', async () => {
  const { situation, environment } = here(true);
  const named = { name: 'xmlsec1', loose: true, at: 7 } as const;
  const both: Missing[] = [
    { kind: 'pkg-config', ...named },
    { kind: 'program', ...named },
  ];
  const explained = await lacking(both, situation, environment, { packages: [], missing: [] });
  expect(explained?.remedy?.packages).toEqual(['libxmlsec1-dev']);
});
