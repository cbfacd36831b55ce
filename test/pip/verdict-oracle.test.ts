import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { netVerbosity } from '../../src/pip/in-force.ts';
import { verdict } from '../../src/pip/verdict.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { top as directory, systemIsManaged, pip as systemPip } from '../support/machine.ts';
import { type ManagedPython, managedPython, plainMarker } from '../support/managed.ts';
import { type Case, cases, places } from '../support/pip-cases.ts';
import { type KnownPip, pipsDownloaded, pipsHere, startHelper } from '../support/pips.ts';

/** Fixed, so that `npm test` says the same every time; `npm run oracle` gives others, and prints them. */
const seed = Number(process.env['PIP_DETOUR_ORACLE_SEED'] ?? 668);
const perPip = Math.ceil(600 / (1 + pipsHere().length));
const runs = Number(process.env['PIP_DETOUR_ORACLE_CASES'] ?? perPip);

interface Deed {
  readonly deed: 'refused' | 'went-on' | 'ended';
  readonly code: number;
  /** Whether the words of the refusal were printed. */
  readonly said: boolean;
  readonly text: string;
}
interface Hello {
  readonly pip: string;
}
interface Question {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}
function isDeed(value: unknown): value is Deed {
  return typeof value === 'object' && value !== null && 'deed' in value;
}
function isSaid(value: unknown): value is Deed | Hello {
  return isDeed(value) || (typeof value === 'object' && value !== null && 'pip' in value);
}

const top = mkdtempSync(join(tmpdir(), 'pip-detour-verdict-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

function write(path: string, text: string): void {
  rmSync(path, { recursive: true, force: true });
  if (text === '(missing)') return;
  mkdirSync(text === '(directory)' ? path : dirname(path), { recursive: true });
  if (text !== '(directory)') writeFileSync(path, text);
}

/** Lays out a case: its own HOME with its files, and what belongs to the Python itself. */
function layOut(given: Case, home: string, python: ManagedPython | undefined): Question {
  const here = (text: string) => text.replaceAll('@', home);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  if (python !== undefined) {
    write(python.marker, given.files.marker ?? plainMarker);
    write(join(python.prefix, 'pip.conf'), here(given.files.site ?? '(missing)'));
  }
  for (const { place, path } of places) {
    const text = given.files[place];
    if (text !== undefined) write(here(path), here(text));
  }
  const base = { HOME: home, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  const variables = Object.entries(given.variables).map(([name, value]) => [name, here(value)]);
  return {
    argv: given.argv.map(here),
    cwd: home,
    env: { ...base, XDG_CONFIG_DIRS: `${home}/xdg:${home}/xdg2`, ...Object.fromEntries(variables) },
  };
}

const tally = { cases: 0, refused: 0, unknown: 0, missed: 0 };
/** How often each reason for `unknown` was given. */
const reasons = new Map<string, number>();

/** What pip-witness.py says, run as `src/pip/pip-itself.ts` runs it. */
function askedItself(executable: string, realPip: string, { argv, env, cwd }: Question): boolean {
  const script = join(directory, 'src/python/pip-witness.py');
  const ran = spawnSync(executable, [script, '--held', '-', realPip, ...argv], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  return /^(refuses|cut) \/.*$/.test(ran.output[3] ?? '');
}

async function compare(pip: KnownPip, python: ManagedPython | undefined): Promise<void> {
  const realPip = python?.pip ?? systemPip;
  const home = join(top, 'home');
  const executable = python?.executable ?? pip.python;
  const helper = startHelper<Question, Deed | Hello>(
    'pip-deeds.py',
    { ...pip, python: executable },
    top,
    isSaid,
  );
  const counted = { cases: 0, refused: 0, unknown: 0, missed: 0 };
  try {
    await helper.hello;
    await fc.assert(
      fc.asyncProperty(cases(python !== undefined), async (given) => {
        const question = layOut(given, home, python);
        const environment = readEnvironment(question.env);
        const command = parseCommandLine(question.argv, pip.version);
        const predicted = verdict(command, realPip, environment);
        const net = netVerbosity(command, realPip, environment);
        const deed = await helper.ask(question);
        if (!isDeed(deed)) throw new Error('no answer');
        counted.cases += 1;
        if (deed.deed === 'refused') counted.refused += 1;
        if (predicted.kind === 'unknown') {
          counted.unknown += 1;
          reasons.set(predicted.because, (reasons.get(predicted.because) ?? 0) + 1);
          // What cannot be told from outside is asked of pip itself, once it has failed.
          const told = askedItself(executable, realPip, question);
          if (told) expect(deed.deed, `pip, asked itself, refuses; ${deed.text}`).toBe('refused');
          else if (deed.deed === 'refused') counted.missed += 1;
        } else {
          const expected = deed.deed === 'refused' ? 'refuses' : 'proceeds';
          expect(predicted.kind, `${predicted.because}; pip ${deed.deed} (${deed.code}): ${deed.text}`).toBe(
            expected,
          );
        }
        // A refusal that prints nothing can only be told by how quiet pip was told to be. (With --log it is printed.)
        const debug = question.argv.includes('--debug') || 'PIP_DEBUG' in question.env;
        if (deed.deed === 'refused' && !deed.said && !debug) expect(net).toBeLessThanOrEqual(-3);
      }),
      { seed, numRuns: runs },
    );
  } finally {
    helper.close();
  }
  for (const key of ['cases', 'refused', 'unknown', 'missed'] as const) tally[key] += counted[key];
  console.log(
    `pip ${pip.version}: ${counted.cases} verdicts right (seed ${seed}); ${counted.refused} refused, ` +
      `${((100 * counted.unknown) / counted.cases).toFixed(1)} % unknown`,
  );
}

const limit = { timeout: 120_000 + runs * 1_000 };

describe.skipIf(!systemIsManaged())('the verdict', () => {
  it('is what the system pip does', limit, async () => {
    const [system] = pipsHere();
    if (system === undefined) throw new Error('no pip here');
    await compare(system, undefined);
  });

  it.each([...pipsHere(), ...pipsDownloaded()])('is what pip $version does', limit, async (pip) => {
    const prefix = mkdtempSync(join(top, 'python-'));
    await compare(pip, managedPython(prefix, pip.site));
  });

  it('is unknown for few, over a good number of cases of both kinds', () => {
    console.log(
      `verdicts: ${tally.cases} cases, ${tally.refused} refused, ` +
        `${((100 * tally.unknown) / tally.cases).toFixed(1)} % unknown; asked itself, pip said the same for all ` +
        `but ${tally.missed} refusals of those`,
    );
    for (const [because, times] of [...reasons].sort((a, b) => b[1] - a[1]))
      console.log(`  ${times} ${because}`);
    // A pip that restarts itself under another Python (`--python`) is not followed.
    expect(tally.missed / tally.unknown).toBeLessThan(0.1);
    expect(tally.cases).toBeGreaterThanOrEqual(400);
    expect(tally.refused / tally.cases).toBeGreaterThan(0.15);
    expect(tally.unknown / tally.cases).toBeLessThan(0.1);
  });
});
