import { normalizeName } from '../../pip/requirement.ts';
import type { CauseOfIndex } from '../../types.ts';

/** What pip says where requirements contradict each other. */
export function conflict(text: string): CauseOfIndex | undefined {
  if (!/ResolutionImpossible|conflicting dependencies/.test(text)) return undefined;
  const lacked = lackedByAll(text);
  return lacked === undefined
    ? { kind: 'conflict', between: conflicting(text) }
    : { kind: 'no-such-name', name: lacked, certain: false };
}

/**
 * What all versions of one project need, and nobody else says anything of: pip 22 to 26 tell of it as versions that
 * contradict each other, where there is none that fits.
 */
function lackedByAll(text: string): string | undefined {
  const told = text.split('The conflict is caused by:\n')[1]?.split('\n') ?? [];
  const end = told.findIndex((line) => !/^\s*(?:\S+ \S+ depends on |The user requested )/.test(line));
  const lines = told.slice(0, end === -1 ? undefined : end);
  const needs = lines.map((line) =>
    /^\s*([\w.-]+)(?:\[\S+\])? \S+ depends on ([A-Za-z0-9][\w.-]*)/.exec(line),
  );
  const [whose, what] = [1, 2].map((part) => new Set(needs.map((need) => normalizeName(need?.[part] ?? ''))));
  const [name = ''] = what ?? [];
  return lines.length > 1 && whose?.size === 1 && what?.size === 1 && name !== '' ? name : undefined;
}

/** Two names, each with its version, of which each wants another version of a third. */
function conflicting(text: string): string[] {
  const listed = /Cannot install ([^\n]+?) because these package versions have conflicting dependencies/.exec(
    text,
  )?.[1];
  return listed === undefined
    ? []
    : [...new Set(listed.split(/, | and /).filter((one) => isRequirement.test(one)))].slice(0, 3);
}

/** As pip names them: `demo==1.0`, `demo[extra] 1.0`, `-r r.txt (line 1)`. */
const isRequirement = /^(?:[A-Za-z0-9][\w.,[\]<>=!~*+-]{0,80}(?: [\w.!+-]{1,40})?|-r \S{1,80} \(line \d+\))$/;
