import { builtWith } from '../../detours/system-package/brought.ts';
import { withPackages } from '../../detours/system-package/packages.ts';
import { hasOption } from '../../pip/command-line.ts';
import { asksExactly } from '../../pip/exactly.ts';
import { limitedBySettings } from '../../pip/limited.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { compareVersions } from '../../pip/versions.ts';
import { shownLine } from '../../system/quote.ts';
import { inWords } from '../../system/sentences.ts';
import type { Environment } from '../../system/variables.ts';
import type { Situation } from '../../types.ts';
import type { Explained, Had } from '../explained.ts';
import type { Failing } from '../said/failing.ts';
import { getting } from './getting.ts';
import { areThereNow, gotBefore, listFirst } from './list-first.ts';

/** What the distribution knows of a project whose build failed here: what it builds it with itself, and which release fits what it has. */

const helpOfRelease = [
  'The newest version may be made for newer libraries than this system has. The distribution has built an older one with the libraries that it has, so that one mostly builds here, too.',
  'The same command runs again and asks for exactly that version. Nothing of the system is changed.',
];

/** Where a build does not say plainly what it lacks: what the distribution builds the same project with. */
export async function builtLike(
  { name }: Failing,
  situation: Situation,
  environment: Environment,
  had: Had,
): Promise<Explained | undefined> {
  const known = await builtWith(normalizeName(name), situation, environment);
  const unsaid = 'The build does not say plainly what it lacks.';
  const list = known && listFirst(unsaid, known, situation, had);
  if (list !== undefined) return { reference: 'build-lacks', missing: [], ...list };
  const packages = known?.packages.filter((one) => !had.packages.includes(one)) ?? [];
  const got = gotBefore(had);
  if (known !== undefined && packages.length === 0 && got.length > 0)
    return {
      reference: 'build-lacks',
      missing: [],
      lines: [unsaid, `It still fails, although ${areThereNow(got)}.`],
    };
  if (known === undefined || packages.length === 0) return undefined;
  const lines = [unsaid, `${situation.manager} builds ${name} with ${inWords(packages)}.`];
  return {
    reference: 'build-lacks',
    lines,
    missing: [],
    ...getting(packages, lines.join(' '), situation, known),
  };
}

/** An older release, which the distribution has built with the libraries that are here; where one was typed by its name. */
export async function fittingRelease(
  { name: text, version: failed }: Failing,
  why: readonly string[],
  situation: Situation,
  environment: Environment,
): Promise<Pick<Explained, 'lines' | 'remedy'> | undefined> {
  const { command, interpreter, making, manager } = situation;
  const name = normalizeName(text);
  const requirement = command.requirements.find((one) => one.kind === 'name' && one.name === name);
  const otherPython =
    making !== undefined &&
    (!('interpreter' in making) || making.interpreter.version !== interpreter?.version);
  // Limits may well forbid that version: whoever set them wants another.
  const limited =
    hasOption(command, '--constraint') ||
    situation.variables?.includes('PIP_CONSTRAINT') === true ||
    limitedBySettings(name, environment, {
      prefix: interpreter?.prefix ?? '/usr',
      pip: situation.pipVersion ?? '',
    });
  if (requirement === undefined || failed === undefined || otherPython || limited) return undefined;
  const alone: Situation = { ...situation, command: { ...command, requirements: [requirement] } };
  const answer = (await withPackages(alone, environment)).systemPackages?.answers[0];
  if (answer?.kind !== 'packaged' || answer.version === undefined || answer.doubt === 'another')
    return undefined;
  const { version } = answer;
  const asked = compareVersions(version, failed) < 0 ? asksExactly(command, requirement, version) : undefined;
  if (asked === undefined) return undefined;
  const has = `${manager} has built ${text} ${version} with its own libraries.`;
  const line = `${situation.name} ${shownLine(asked.argv)}`;
  return {
    lines: [why[0] ?? '', `${has} Type: ${line}`],
    remedy: {
      headline: [why[0], has].join(' '),
      title: `Take ${text} ${version} instead`,
      detail: line,
      command: line,
      steps: [],
      help: helpOfRelease,
      packages: [],
      situation: Object.freeze({ ...situation, command: asked }),
    },
  };
}
