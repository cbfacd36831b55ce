import { join } from 'node:path';
import { compareVersions } from '../../pip/versions.ts';
import { shortPath } from '../../system/quote.ts';
import type { EnvironmentLook, Sender, Situation, Step } from '../../types.ts';

/*
 * What we neutralise for our own run would stop, or lead astray, the environment's own pip the next time: `user = yes` of
 * somebody's pip.conf is "Can not perform a '--user' install" there. Its own pip.conf undoes what the other files say.
 */

/** The file that undoes, in a new environment, what sends packages out of it. */
export function ownSettings({ sentElsewhere }: Situation, directory: string): Step[] {
  const undone = sentElsewhere.filter(({ lasting }) => !lasting);
  if (undone.length === 0) return [];
  // pip asks the section of the command last, and takes an empty value for none (pip 25.2 and 25.3 apart).
  const empty = undone.filter(({ name }) => name !== 'user').map(({ name }) => `${name} =`);
  const user = undone.some(({ name }) => name === 'user') ? ['user = no'] : [];
  const text = [
    '# Written by pip-detour: in an environment packages go into it, whatever pip.conf says otherwise.',
    ...(empty.length === 0 ? [] : ['[global]', ...empty]),
    '[install]',
    ...user,
    ...empty,
  ];
  return [{ kind: 'write', path: join(directory, 'pip.conf'), text: `${text.join('\n')}\n` }];
}

/**
 * What the person is told afterwards: which settings no longer count, and what to type where no file of the environment
 * can undo them.
 */
export function settingsNotes(situation: Situation, fresh: boolean): readonly string[] {
  if (situation.command.subcommand !== 'install') return [];
  return situation.sentElsewhere.flatMap((sender) => {
    const where = whoSays(sender, situation);
    if (!sender.lasting)
      return fresh ? [`${where}. In this environment that does not count: its own pip.conf says so.`] : [];
    const does = sender.name === 'user' ? 'fail over it' : 'install elsewhere because of it';
    const type = isFile(sender)
      ? `take ${sender.name} out of that file`
      : `type unset ${sender.by} before you use it`;
    return [`${where}: the environment's own pip would ${does}, so ${type}.`];
  });
}

/** A clause: why nothing can be installed into an environment, because pip would put it elsewhere in any case. */
export function leadsElsewhere(situation: Situation, { state }: EnvironmentLook): string | undefined {
  const { sentElsewhere, pipVersion = '', command } = situation;
  if (command.subcommand !== 'install') return undefined;
  const fresh = state !== 'ready' && state !== 'making';
  const undoes =
    fresh && (compareVersions(pipVersion, '25.2') < 0 || compareVersions(pipVersion, '26.0') >= 0);
  const sender = sentElsewhere.find(
    (each) => each.name !== 'user' && isFile(each) && (each.lasting || !undoes),
  );
  return sender === undefined ? undefined : `${whoSays(sender, situation)}, and pip would install there`;
}

function whoSays(sender: Sender, { home }: Situation): string {
  return isFile(sender) ? `${sender.name} is set in ${shortPath(sender.by, home)}` : `${sender.by} is set`;
}

function isFile({ by }: Sender): boolean {
  return by.startsWith('/');
}
