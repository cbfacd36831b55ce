import { join } from 'node:path';
import { detourIds } from '../detours/ids.ts';
import type { Environment } from '../system/variables.ts';
import type { DetourId } from '../types.ts';
import type { Ban, Settings } from './layers.ts';
import { schema } from './schema.ts';

/** What the environment means where these settings hold. */
export function withSettings(environment: Environment, settings: Settings): Environment {
  const color = settings.value(schema.color);
  const directory = settings.value(schema.environmentsDirectory);
  const hinted = settings.origin(schema.hint).source !== 'default';
  return Object.freeze({
    ...environment,
    hint: hinted ? settings.value(schema.hint) : environment.hint,
    // no-color.org: a person's own settings come before NO_COLOR.
    color: color === 'auto' ? environment.color : color === 'always',
    waitLimit: settings.value(schema.waitTimeout),
    packageTimeout: 1_000 * settings.value(schema.packageTimeout),
    promptTimeout: 1_000 * settings.value(schema.promptTimeout),
    plain: environment.plain || settings.value(schema.accessible),
    environmentsDirectory:
      directory === '' ? environment.environmentsDirectory : expanded(directory, environment.home),
  });
}

/** `~` and `~/x`; nothing else is expanded. */
export function expanded(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

/** Every forbidden detour, with who forbids it in words. What was typed as PIP_DETOUR passes over all but the administrator. */
export function bansFor(settings: Settings, typed?: string): Readonly<Partial<Record<DetourId, string>>> {
  return Object.fromEntries(
    detourIds.flatMap((detour) => {
      const ban = settings.ban(detour);
      return ban === undefined || (detour === typed && ban.source !== 'policy')
        ? []
        : [[detour, banInWords(ban)]];
    }),
  );
}

function banInWords({ source, from }: Ban): string {
  switch (source) {
    case 'policy':
      return 'not allowed by your administrator';
    case 'project':
      return "not allowed by this project's settings";
    case 'environment':
      return `not allowed by ${from}`;
    default:
      return 'not allowed by your settings';
  }
}
