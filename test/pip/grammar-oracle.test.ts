import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandLine, withoutOptions } from '../../src/pip/command-line.ts';
import { normalizeName, parseRequirement } from '../../src/pip/requirement.ts';
import type { PipCommand } from '../../src/types.ts';
import { commandLines, type Spelling } from '../support/command-lines.ts';
import { type Helper, pipsDownloaded, pipsHere, startHelper } from '../support/pips.ts';

/** Fixed, so that `npm test` says the same every time; `npm run oracle` gives others, and prints them. */
const seed = Number(process.env['PIP_DETOUR_ORACLE_SEED'] ?? 668);
const lines = Number(process.env['PIP_DETOUR_ORACLE_LINES'] ?? 2500);

interface Parser {
  readonly long: string[];
  readonly short: string[];
  readonly action: string;
  readonly type: string | null;
  readonly choices: string[] | null;
}
interface Hello {
  readonly parsers: Record<'global' | 'install' | 'uninstall', Parser[]>;
}
interface PipsRequirement {
  readonly error?: string;
  readonly name: string | null;
  readonly extras: string[];
  readonly specifier: string[];
  readonly marker: boolean;
  readonly link: boolean;
}
interface Answer {
  readonly main: [string, string | null][];
  readonly subcommand?: string;
  readonly options: [string, string | null][];
  readonly positionals: string[];
  readonly ends: number | 'error' | null;
  readonly requirements: PipsRequirement[];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
function isHello(value: unknown): value is Hello {
  return isObject(value) && 'parsers' in value;
}
function isAnswer(value: unknown): value is Answer {
  return isObject(value) && 'positionals' in value;
}
const isAnything = (value: unknown): value is Hello | Answer => isHello(value) || isAnswer(value);

function spellings(parser: readonly Parser[]): Spelling[] {
  return parser.map(({ long, short, action, type, choices }) => ({
    long,
    short,
    choices,
    takesValue: action === 'store' || action === 'append' || type !== null,
  }));
}

const exits: Record<string, Answer['ends']> = { usage: 2, error: 'error', help: 0, version: 0 };

/** Our reading in the helper's words. */
function ours(command: PipCommand): Omit<Answer, 'requirements' | 'main'> {
  const ends = command.ends === undefined ? null : (exits[command.ends.kind] ?? null);
  return {
    ...(command.subcommand === undefined || ends === 'error' ? {} : { subcommand: command.subcommand }),
    options: command.options.map(({ name, value }) => [name, value ?? null]),
    positionals: ends === null ? [...command.positionals] : [],
    ends,
  };
}

function theirs(answer: Answer): Omit<Answer, 'requirements' | 'main'> {
  const parsed = answer.subcommand === 'install' || answer.subcommand === 'uninstall';
  return {
    ...(answer.subcommand === undefined || answer.ends === 'error' ? {} : { subcommand: answer.subcommand }),
    options: parsed ? answer.options : answer.main,
    positionals: answer.ends === null ? answer.positionals : [],
    ends: answer.ends,
  };
}

const sameVersion = (specifier: string) => specifier.replace(/(\.0)+$/, '');
const bare = (specifier: string) => specifier.replace(/\s/g, '');

/** A requirement that is understood is understood as pip does; one that is not may be anything. */
function compareRequirement(text: string, pips: PipsRequirement): void {
  const mine = parseRequirement(text);
  if (mine === undefined) return;
  if (mine.kind === 'name') expect(pips.error, text).toBeUndefined();
  if (pips.error !== undefined) return;
  expect(pips.link, text).toBe(mine.kind !== 'name');
  if (mine.name !== undefined) expect(normalizeName(pips.name ?? ''), text).toBe(mine.name);
  if (mine.kind === 'name') {
    const specifier = (mine.specifier ?? '').split(',').map(bare).filter(Boolean);
    // Some pips keep only one of two specifiers that mean the same (`!=1,!=1.0`).
    expect(specifier, text).toEqual(expect.arrayContaining(pips.specifier.map(bare)));
    expect(new Set(specifier.map(sameVersion)), text).toEqual(
      new Set(pips.specifier.map(bare).map(sameVersion)),
    );
    expect(pips.name, text).not.toBeNull();
  }
  expect(pips.extras.map(normalizeName).sort(), text).toEqual(
    [...new Set((mine.extras ?? []).map(normalizeName))].sort(),
  );
  expect(pips.marker, text).toBe(mine.marker !== undefined);
}

/** Takes each option away in turn: pip then reads the same line without it, and nothing else has changed. */
async function compareWithout(
  command: PipCommand,
  ask: Helper<string[], Hello | Answer>['ask'],
): Promise<void> {
  const names = [...new Set(command.options.map(({ name }) => name))];
  if (command.ends !== undefined || command.unparsed.some((what) => what.includes('two ways'))) return;
  for (const name of names) {
    const answer = await ask(withoutOptions(command, [name]));
    if (!isAnswer(answer)) throw new Error('no answer');
    expect(theirs(answer)).toEqual({
      ...ours(command),
      options: ours(command).options.filter(([option]) => option !== name),
    });
  }
}

describe.each([...pipsHere(), ...pipsDownloaded()])('pip $version', (pip) => {
  it(`reads ${lines} command lines as we do`, { timeout: 60_000 + lines * 40 }, async () => {
    const empty = mkdtempSync(join(tmpdir(), 'pip-detour-grammar-'));
    const helper = startHelper<string[], Hello | Answer>('pip-grammar.py', pip, empty, isAnything);
    const compared = { lines: 0, ended: 0, doubted: 0 };
    try {
      const hello = await helper.hello;
      if (!isHello(hello)) throw new Error('the helper did not say what this pip has');
      const { global, install, uninstall } = hello.parsers;
      const arbitrary = commandLines(spellings(global), {
        install: spellings(install),
        uninstall: spellings(uninstall),
      });
      await fc.assert(
        fc.asyncProperty(arbitrary, async (argv) => {
          const answer = await helper.ask(argv);
          if (!isAnswer(answer)) throw new Error('no answer');
          const command = parseCommandLine(argv, pip.version);
          compared.lines += 1;
          if (command.doubt !== undefined) {
            compared.doubted += 1;
            return;
          }
          if (command.ends !== undefined) compared.ended += 1;
          expect(ours(command)).toEqual(theirs(answer));
          for (const [index, text] of answer.positionals.entries()) {
            const requirement = answer.requirements[index];
            if (requirement !== undefined) compareRequirement(text, requirement);
          }
          if (compared.lines % 10 === 0) await compareWithout(command, helper.ask);
        }),
        { seed, numRuns: lines },
      );
    } finally {
      helper.close();
      rmSync(empty, { recursive: true });
    }
    console.log(
      `pip ${pip.version}: ${compared.lines} command lines alike (seed ${seed}); ` +
        `${compared.ended} end in pip's parsers, ${compared.doubted} we would not judge`,
    );
    expect(compared.doubted).toBeLessThan(lines / 20);
    expect(compared.ended).toBeLessThan(lines * 0.8);
  });
});
