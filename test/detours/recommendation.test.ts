import { describe, expect, it } from 'vitest';
import { applications } from '../../src/detours/pipx/applications.ts';
import { belongsBesideOthers, isLibrary } from '../../src/detours/pipx/libraries.ts';
import { recommendation } from '../../src/detours/recommendation.ts';
import type { Situation } from '../../src/types.ts';
import { situationFor } from '../support/situations.ts';
import { agreed, alone, declined } from './pipx/outside-lists.ts';
import { type Answers, type Expectation, expectations, lines, places } from './recommendation-cases.ts';

type Answer = 'p' | 'v';
const home = '/home/u';

/** Where somebody stands, as the situation would be gathered there. */
const standing: Readonly<Record<(typeof places)[number], Partial<Situation>>> = {
  home: at(home, '/home/u/.local/share/pip-detour/personal'),
  'an empty directory': at('/home/u/new'),
  'a Python project': {
    ...at('/home/u/shop'),
    project: { root: '/home/u/shop', because: 'pyproject.toml', python: true },
  },
  'a git repository': {
    ...at('/home/u/notes'),
    project: { root: '/home/u/notes', because: 'git repository', python: false },
  },
};

function at(directory: string, environment = `${directory}/.venv`): Partial<Situation> {
  return {
    cwd: directory,
    home,
    place: { directory, writable: true, owner: 1000 },
    environment: { directory: environment, state: 'missing' },
  };
}

function recommendedFor(typed: string, place: (typeof places)[number]): string | undefined {
  return recommendation(situationFor(`install ${typed}`, standing[place]))?.id;
}

function expected(answers: Answers, place: number): string {
  const answer = answers[place] as Answer | undefined;
  return answer === 'p' ? 'pipx' : 'venv';
}

/** Every name of a list in each of the places, with what is recommended there. */
function asked(list: readonly Expectation[]) {
  return list.flatMap(({ names, answers, harm }) =>
    names.split(/\s+/).flatMap((name) =>
      places.map((place, index) => {
        const wanted = expected(answers, index);
        const given = recommendedFor(name, place);
        const harmful =
          wanted === 'venv' &&
          given === 'pipx' &&
          (harm === 'import fails' || (harm !== 'none' && place === 'a Python project'));
        return { name, place, wanted, right: given === wanted, harmful };
      }),
    ),
  );
}

describe.each([
  ['our own list', expectations],
  ['what others agree on', agreed],
])('application or library, by %s: what is recommended for a name', (title, list) => {
  const cases = asked(list);

  it('has been asked of at least 150 different names in each of four places', () => {
    const names = cases.filter(({ place }) => place === 'home').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(150);
  });

  it('is right in at least 97 of 100, and where it is wrong, it does no harm', () => {
    const wrong = cases.filter(({ right }) => !right);
    const share = (100 * (cases.length - wrong.length)) / cases.length;
    const named = new Set(wrong.map(({ name, wanted }) => `${name} (${wanted} was right)`));
    console.log(
      `recommendation, ${title}: ${cases.length - wrong.length} of ${cases.length} right (${share.toFixed(1)} %)\n  wrong: ${[...named].join(', ')}`,
    );
    expect(cases.filter(({ harmful }) => harmful)).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(97);
  });
});

describe('application or library, by others', () => {
  const wrong = asked([...agreed, ...alone]).filter(({ right }) => !right);

  it('what they call an application and is not known as one is declined for a reason, and harmless', () => {
    // pipx is there already, so nothing is recommended for it anywhere (pipx/libraries.test.ts).
    const others = wrong.filter(({ name }) => name !== 'pipx');
    expect(others.filter(({ wanted }) => wanted === 'venv')).toEqual([]);
    expect(wrong.filter(({ harmful }) => harmful)).toEqual([]);
    expect([...new Set(wrong.map(({ name }) => name))].sort()).toEqual([...declined.keys()].sort());
    // Nor does what their packages say of themselves change that.
    const stays = (name: string) => isLibrary(name) || belongsBesideOthers(name);
    const elsewhere = ['system', 'there already'];
    const beside = [...declined].filter(([, why]) => !elsewhere.some((word) => why.includes(word)));
    expect(beside.filter(([name]) => !stays(name))).toEqual([]);
  });
});

describe('the table of applications', () => {
  it('has a kind in words for every application', () => {
    for (const [name, { what }] of applications) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(what).toMatch(/^an? [A-Za-z]/);
    }
  });
});

describe('application or library: what the rest of the line says', () => {
  const asked = lines.flatMap(({ typed, answers, why }) =>
    places.map((place, index) => ({ typed, place, why, wanted: expected(answers, index) })),
  );
  it.each(asked)('pip install $typed in $place goes to $wanted: $why', ({ typed, place, wanted }) => {
    expect(recommendedFor(typed, place)).toBe(wanted);
  });

  it.each([
    ['ruff', 'home', 'ruff is a linter and formatter'],
    ['poetry', 'a Python project', 'poetry is a project manager, kept apart from the projects it manages'],
    ['yt-dlp[default]', 'home', 'yt-dlp is a video downloader'],
    ['black isort ruff', 'home', 'black, isort and ruff are applications'],
    ['ruff', 'a Python project', 'pyproject.toml here'],
  ] as const)('and the reason for %s in %s is told in words', (typed, place, because) => {
    expect(recommendation(situationFor(`install ${typed}`, standing[place]))?.recommended).toBe(because);
  });
});
