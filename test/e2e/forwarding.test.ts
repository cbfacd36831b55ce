import { describe, expect, it } from 'vitest';
import { type Case, compare, type Mode, type Pair, type Run } from '../support/compare.ts';
import { dist, pip } from '../support/machine.ts';
import { filesOfLines, type PipLine, pipLines } from '../support/pip-lines.ts';
import { comparable, differences, recorded } from '../support/recording.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** The whole product takes many minutes: `npm run test:long`. */
const long = process.env['PIP_DETOUR_LONG_TESTS'] !== undefined;

/** Those the issue names come first; the rest are for what a recording pip sees, which costs little. */
const named: readonly Mode[] = ['pipes', 'pty', 'closed-stdin', 'file', 'full', 'head', 'gone'];
const modes: readonly Mode[] = [
  ...named,
  ...(['one-pipe', 'pty-narrow', 'pty-out', 'closed-stdout', 'closed-stderr'] as const),
];

type Row = readonly [PipLine, Mode];

/** Every so many lines, each in another mode. */
function sample(every: number): Row[] {
  return pipLines.flatMap((line, at): Row[] =>
    at % every === 0 ? [[line, modes[at % modes.length] ?? 'pipes']] : [],
  );
}

function inMode(mode: Mode): Row[] {
  return pipLines.map((line): Row => [line, mode]);
}

function title({ args, env }: PipLine, mode: Mode): string {
  const variables = Object.entries(env ?? {}).map(([name, value]) => `${name}=${value} `);
  return `${variables.join('')}pip ${args.join(' ')} · ${mode}`;
}

/** With the real pip, in a project with a few files. */
function real(box: Sandbox, line: PipLine, mode: Mode, at: number): Case {
  const root = `${box.root}/case-${at}`;
  const { HOME: _home, ...env } = box.env;
  // Where somebody could answer they would be asked; that is another test's.
  const asked = mode.startsWith('pty') && line.refused === true;
  return {
    title: title(line, mode),
    root,
    mode,
    direct: [pip, ...line.args],
    through: [`${dist}/shims/pip`, ...line.args],
    env: {
      ...env,
      HOME: `${root}/home`,
      PWD: `${root}/home/shop`,
      OLDPWD: '/',
      // pip prints some sets as they come.
      PYTHONHASHSEED: '0',
      ...line.env,
      ...(asked ? { PIP_DETOUR: 'none' } : {}),
    },
    script: Object.fromEntries(
      Object.entries(filesOfLines).map(([name, text]) => [`home/shop/${name}`, [text, 0o644] as const]),
    ),
    ...(line.stdin === undefined ? {} : { stdin: line.stdin }),
  };
}

const hint =
  /pip-detour: (?:you were not asked, because [^\n]* PIP_DETOUR_HINT=0 silences this line\.|you did not say what to install[^\n]*)\r?\n/;

/** Our hint taken away, which is the one thing that may come on top. */
function withoutHint({ direct, through }: Pair): Pair {
  const cut = (text: string) => text.replace(hint, '');
  const files = Object.fromEntries(Object.entries(through.files).map(([name, held]) => [name, cut(held)]));
  return { direct, through: { ...through, stdout: cut(through.stdout), stderr: cut(through.stderr), files } };
}

/** What no two runs of one pip have in common: names of temporary directories, times of day, addresses in memory. */
function steady(pair: Pair): Pair {
  const text = JSON.stringify(pair)
    .replace(/\/pip-([a-z-]+)-[a-z0-9_]{8}\b/g, '/pip-$1-…')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{3}/g, '(time)')
    .replace(/0x[0-9a-f]{12}\b/g, '(address)');
  const value: unknown = JSON.parse(text);
  return Object.assign({}, pair, value);
}

/**
 * A reader that goes after the first line may be gone before pip's second write or after it: pip alone ends now so, now
 * so. What came through the shim must be one of the things that come without it.
 */
async function happensWithout(one: Case, through: Run, told: (pair: Pair) => Pair): Promise<boolean> {
  for (let run = 0; run < 20; run += 1) {
    const [again] = await compare([{ ...one, through: one.direct }]);
    if (again === undefined) return false;
    const seen = told(again);
    if ([seen.direct, seen.through].some((each) => differences(each, through).length === 0)) return true;
  }
  return false;
}

describe('with and without the shim there is no telling them apart', () => {
  it(`what the real pip sees of how it was started: ${pipLines.length} command lines`, async () => {
    const box = sandbox();
    const cases = (long ? modes.flatMap(inMode) : sample(1)).map(([line, mode]) =>
      recorded(box, line.args, {
        mode,
        title: title(line, mode),
        env: { ...line.env, PIP_DETOUR: 'none' },
        ...(line.stdin === undefined ? {} : { stdin: line.stdin }),
        prepare: { open: { 3: 'three', 9: 'nine' }, umask: 0o27, files: 500 },
      }),
    );
    const pairs = await compare(cases);
    const found = pairs.flatMap(({ direct, through }, at) => {
      if (direct.seen === null) return [`${cases[at]?.title}: the recording pip wrote nothing`];
      return differences(comparable(direct), comparable(through)).map((one) => `${cases[at]?.title}${one}`);
    });
    expect(found).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(120);
    console.log(`${pairs.length} pairs of runs of a recording pip compared`);
  }, 3_600_000);

  const tables: [string, Row[]][] = long
    ? [['one after another', sample(1)], ...named.map((mode): [string, Row[]] => [mode, inMode(mode)])]
    : [['a few in each', sample(14)]];

  it.each(tables)(
    'what the real pip prints, makes and ends with: %s',
    async (_title, rows) => {
      const box = sandbox();
      const cases = rows.map(([line, mode], at) => real(box, line, mode, at));
      const told = (pair: Pair, at: number) =>
        steady(rows[at]?.[0].refused === true ? withoutHint(pair) : pair);
      const pairs = (await compare(cases)).map(told);
      const found: string[] = [];
      for (const [at, pair] of pairs.entries()) {
        const different = differences(pair.direct, pair.through);
        const one = cases[at];
        if (different.length === 0 || one === undefined) continue;
        if (one.mode === 'head' && (await happensWithout(one, pair.through, (again) => told(again, at))))
          continue;
        found.push(...different.map((place) => `${one.title}${place.slice(0, 600)}`));
      }
      expect(found).toEqual([]);
      console.log(`${pairs.length} pairs of runs of the real pip compared`);
    },
    7_200_000,
  );
});
