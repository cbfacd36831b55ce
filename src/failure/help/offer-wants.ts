import { detourById } from '../../detours/index.ts';
import { makesEnvironment } from '../../detours/shared/makes-environment.ts';
import { quoteAll, shownLine } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { BuildsWith, Decision } from '../../types.ts';
import type { Explained, Remedy } from '../explained.ts';
import { type Wants, whatItWants } from './wants.ts';
import { inSentences } from './words.ts';

const helpOfBuilding = [
  'pip builds a package in a place of its own, which gets only what the package asks for, and the newest of that. This one needs something else and does not say so.',
  'What it needs is installed into the environment first, and the same command runs again: its build sees that, or gets no newer one.',
];

/** A build that wants what it does not ask for, and the offer to give it that, where an environment of ours is installed into by pip. */
export function offerWhatItWants(cause: Wants, decision: Decision): Explained {
  const { situation, plan } = decision;
  const more = whatItWants(cause);
  const before = situation.buildsWith ?? { first: [], isolated: true };
  const isOurs = plan.activate !== undefined && situation.installer === 'pip';
  const limits = situation.variables?.some((name) => /^PIP_(?:BUILD_)?CONSTRAINT$/.test(name)) === true;
  const again = more === undefined || limits ? undefined : together(before, more);
  const isNew = again !== undefined && quoteAll(again.first) !== quoteAll(before.first);
  const lines = sentences(cause, decision, again !== undefined && !isNew);
  return {
    reference: cause.kind,
    lines,
    ...(isOurs && isNew
      ? { remedy: remedyOf([...lines.slice(0, 1), ...replaced(again, plan)], again, situation) }
      : {}),
  };
}

/** The cause, and what to do; `inVain`: what it wants was given to it, and changed nothing. */
function sentences(cause: Wants, { id, situation, plan }: Decision, inVain: boolean): readonly string[] {
  const lines = inSentences(cause, situation, {});
  const [why = ''] = lines;
  const given = situation.buildsWith?.first ?? [];
  const stay = given.length === 1 ? 'it stays' : 'they stay';
  if (inVain && given.length > 0)
    return [
      `${why} Giving it ${inWords(given)} did not help${makesEnvironment(plan) ? '' : `; ${stay} in the environment`}.`,
      'Another version of the package may build here.',
    ];
  // What pipx builds sees nothing but what the package asks for.
  return detourById(id)?.buildsAlone === true
    ? [
        why,
        `pipx builds it where nothing can be added. In an environment that can be done; type: PIP_DETOUR=venv ${situation.name} ${shownLine(situation.command.argv)}`,
      ]
    : lines;
}

/** What an older one would take the place of, where the environment was there before. */
function replaced({ first }: BuildsWith, plan: Decision['plan']): readonly string[] {
  const limited = first.filter((one) => one.includes('<')).map(bare);
  return makesEnvironment(plan) || limited.length === 0
    ? []
    : [`A newer ${inWords(limited)} in the environment would be replaced.`];
}

const bare = (one: string) => one.replace(/[<>=!~].*/, '');

/** What an earlier round has named with a limit keeps it. */
function together(before: BuildsWith, more: BuildsWith): BuildsWith {
  const all = [...before.first, ...more.first];
  const first = new Map<string, string>();
  for (const one of all) if (one !== bare(one) || !first.has(bare(one))) first.set(bare(one), one);
  return { first: [...first.values()], isolated: before.isolated && more.isolated };
}

function remedyOf(why: readonly string[], again: BuildsWith, situation: Decision['situation']): Remedy {
  const { name, command } = situation;
  return {
    headline: why.join(' '),
    title: 'Install that first and try again',
    detail: `${name} install ${quoteAll(again.first)}`,
    command: `${name} ${shownLine(command.argv)}`,
    steps: [],
    help: helpOfBuilding,
    packages: [],
    situation: Object.freeze({ ...situation, buildsWith: again }),
  };
}
