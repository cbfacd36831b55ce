import { join } from 'node:path';
import { expect } from 'vitest';
import { pipx } from '../../../src/detours/pipx/index.ts';
import { commandsNow, lookForPipx } from '../../../src/detours/pipx/look.ts';
import { tellOutcome } from '../../../src/detours/pipx/outcome.ts';
import { parseCommandLine } from '../../../src/pip/command-line.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { OutputMeaning, Situation } from '../../../src/types.ts';
import type { Sandbox } from '../../support/sandbox.ts';
import { situationOf } from '../situation.ts';

/** What came of a pip command line that went to the pipx on PATH. */
export interface Gone {
  readonly situation: Situation;
  readonly code: number | null;
  readonly output: string;
  readonly meanings: readonly OutputMeaning[];
  /** The sentences said afterwards. */
  readonly told: readonly string[];
}

/** The situation of somebody who typed `pip ...argv` in the sandbox, with the pipx that is on PATH there. */
export async function lookAround(box: Sandbox, argv: readonly string[]): Promise<Situation> {
  const found = await lookForPipx(readEnvironment(box.env), { cwd: box.project });
  if (found === undefined) throw new Error('no pipx on PATH');
  const places = { cwd: box.project, home: box.home, pipx: found };
  return situationOf([], { ...places, command: parseCommandLine(argv) });
}

/** Plans as the program does, and runs the steps until one fails. */
export async function go(box: Sandbox, argv: readonly string[]): Promise<Gone> {
  const situation = await lookAround(box, argv);
  expect(pipx.unavailable(situation)).toBeUndefined();
  const meanings: OutputMeaning[] = [];
  let output = '';
  let code: number | null = 0;
  for (const step of pipx.plan(situation).steps) {
    if (step.kind !== 'run') throw new Error('only runs of pipx were expected');
    const ran = box.run(step.command, step.args, {
      cwd: step.cwd ?? box.project,
      env: changed(step.env ?? {}),
      timeout: 300_000,
    });
    const text = ran.stdout + ran.stderr;
    for (const sign of step.watch ?? []) if (new RegExp(sign.pattern).test(text)) meanings.push(sign.means);
    output += text;
    code = ran.code;
    if (code !== 0) break;
  }
  const names = situation.command.requirements.flatMap(({ name }) => name ?? []);
  const commands = situation.pipx === undefined ? [] : commandsNow(situation.pipx, names);
  return { situation, code, output, meanings, told: tellOutcome(meanings, situation, commands) };
}

/** What an installed command prints. */
export function said(box: Sandbox, command: string): string {
  return box.run(join(box.home, '.local/bin', command)).stdout.trim();
}

/** A plan's change of the variables as a process takes it: undefined, not null, takes one away. */
function changed(env: Readonly<Record<string, string | null>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? undefined]));
}
