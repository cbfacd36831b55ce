import { join } from 'node:path';
import { dist } from './machine.ts';
import type { Sandbox } from './sandbox.ts';
import { type Shell, shell } from './shell.ts';

/** The shells there is a hook for. */
export const hookShells = ['bash', 'zsh', 'fish'] as const;
export type HookShell = (typeof hookShells)[number];

/** What a person types in each shell for the same thing. */
export const says = {
  bash: {
    status: 'echo "code $?"',
    show: (name: string) => `printf '%s is <%s>\\n' ${name} "\${${name}-unset}"`,
    set: (name: string, value: string) => `export ${name}='${value}'`,
    background: (command: string) => `${command} & wait`,
  },
  zsh: {
    status: 'echo "code $?"',
    show: (name: string) => `printf '%s is <%s>\\n' ${name} "\${${name}-unset}"`,
    set: (name: string, value: string) => `export ${name}='${value}'`,
    background: (command: string) => `${command} & wait`,
  },
  fish: {
    status: 'echo "code $status"',
    show: (name: string) =>
      `set -q ${name}; and echo "${name} is <$${name}>"; or echo "${name} is <"unset">"`,
    set: (name: string, value: string) => `set -gx ${name} '${value}'`,
    background: (command: string) => `${command} & ; wait`,
  },
} as const;

/** What `show` printed of `variable`; throws where the screen does not show it whole. */
export function shownValue(variable: string, screen: string): string {
  const value = new RegExp(`^${variable} is <([^\\n]*)>$`, 'm').exec(screen)?.[1];
  if (value === undefined) throw new Error(`${variable} is not shown:\n${screen}`);
  return value;
}

/** What reads the hook, as the line in the rc file does. */
export function readsHook(name: HookShell, directory = dist): string {
  return `${name === 'fish' ? 'source' : '.'} ${join(directory, `hook.${name}`)}`;
}

/** An interactive shell on a real pty that has read our hook, after `lines` of the person's own. */
export async function hooked(
  name: HookShell,
  box: Sandbox,
  options: Parameters<typeof shell>[2] & {
    readonly directory?: string;
    readonly lines?: readonly string[];
  } = {},
): Promise<Shell & { variable(name: string): Promise<string> }> {
  const user = await shell(name, box, options);
  for (const line of options.lines ?? []) await user.command(line);
  await user.command(readsHook(name, options.directory));
  return {
    ...user,
    /** Its value, or `unset`; rejects where the screen does not show it whole. */
    async variable(variable) {
      return shownValue(variable, await user.command(says[name].show(variable)));
    },
  };
}
