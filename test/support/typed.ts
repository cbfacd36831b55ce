import { type HookShell, readsHook } from './hooked.ts';
import { shellProgram } from './machine.ts';
import type { Ran, RunOptions, Sandbox } from './sandbox.ts';

const quiet: Readonly<Record<HookShell, readonly string[]>> = {
  bash: ['--norc', '--noprofile', '-i'],
  zsh: ['-f', '-i'],
  fish: ['--no-config', '-i'],
};

/** Program, arguments and input of an interactive shell that reads our hook and then these lines, a prompt before each. */
export function interactive(
  name: HookShell,
  lines: readonly string[],
): { readonly words: readonly [string, ...string[]]; readonly input: string } {
  const all = [readsHook(name), ...lines];
  const words = [shellProgram(name), ...quiet[name]] as const;
  // fish has no prompt without a terminal.
  if (name === 'fish') return { words: [...words, '-c', all.join('\nemit fish_prompt\n')], input: '' };
  return { words, input: `${all.join('\n')}\n` };
}

/**
 * Such a shell run to its end, without a terminal: cheap enough for tables, and for two hundred of them. For what a person
 * sees on a screen there is `hooked`.
 */
export function typed(
  name: HookShell,
  box: Sandbox,
  lines: readonly string[],
  { under = [], ...options }: RunOptions & { readonly under?: readonly string[] } = {},
): Ran {
  const { words, input } = interactive(name, lines);
  const [program = '', ...args] = [...under, ...words];
  return box.run(program, args, { ...options, input });
}
