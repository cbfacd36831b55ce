import type { CauseOfIndex } from '../../types.ts';
import { asSpecifier } from './specifier.ts';

/** What uv 0.4 to 0.13, poetry 2, pdm 2 and pipenv say where they find nothing to install: a row for each way of saying it. */

/** One way of saying it: a pattern without line ends, and what it means. */
interface Rule {
  readonly pattern: RegExp;
  means(groups: Readonly<Record<string, string | undefined>>): CauseOfIndex;
}

const project = '(?<name>[A-Za-z0-9][\\w.-]{0,80})';
const version = '[\\w.+!*-]{1,40}';
const range = '(?:[<>~!=]{0,3}[\\w.*+!]{1,30})(?:,[<>~!=]{0,3}[\\w.*+!]{1,30}){0,9}';

const needsPython = (name: string, requires: string | undefined, allowed?: string): CauseOfIndex => ({
  kind: 'needs-python',
  name,
  requires: asSpecifier(requires),
  ...(asSpecifier(allowed) === '' ? {} : { project: asSpecifier(allowed) }),
});

const rules: readonly Rule[] = [
  // uv: "Because the current Python version (3.11.2) does not satisfy Python>=3.12 and demo==3.0 depends on Python>=3.12"
  {
    pattern: new RegExp(
      `Because the (?<which>current|requested) Python version \\((?<here>[^)]{1,60})\\) does not satisfy Python(?<requires>\\S{1,80}) and (?:all (?:of the )?versions of )?${project}`,
    ),
    means: ({ which, here, requires, name = '' }) =>
      needsPython(name, requires, which === 'requested' ? here : undefined),
  },
  // poetry: "- demo requires Python >=3.12, so it will not be installable for Python >=3.11,<3.12"
  {
    pattern: new RegExp(
      `Python range \\((?<here>[^)]{1,60})\\) is not compatible .{0,80}? - ${project} requires Python (?<requires>${range}), so it will not`,
    ),
    means: ({ name = '', requires, here }) => needsPython(name, requires, here),
  },
  // pdm: "the project's `requires-python`: >=3.11. python>=3.12 (from <Candidate demo@3.0 from …"
  {
    pattern: new RegExp(
      `range of the project's \`requires-python\`: (?<here>[^ ]{1,60}?)\\. python(?<requires>\\S{1,80}) \\(from <Candidate ${project}@`,
    ),
    means: ({ name = '', requires, here }) => needsPython(name, requires, here),
  },
  {
    pattern: new RegExp(
      `Because ${project} was not found in the package registry(?!.*(?:could not be queried|401|403))`,
    ),
    means: ({ name = '' }) => ({ kind: 'no-such-name', name, certain: true }),
  },
  {
    pattern: new RegExp(
      `(?:Because ${project} was not found in|Could not find a matching version of package ${project.replace('name', 'poetry')}|Unable to find (?:candidates|a resolution) for ${project.replace('name', 'pdm')})`,
    ),
    means: ({ name, poetry, pdm }) => ({
      kind: 'no-such-name',
      name: (name ?? poetry ?? pdm ?? '').replace(/\.$/, ''),
      certain: false,
    }),
  },
  // uv: "there is no version of demo==7"; "only demo<=1.5 is available and you require demo>=7".
  {
    pattern: new RegExp(`there is no version of ${project}(?<wanted>[=<>!~]=?${version}) and `),
    means: ({ name = '', wanted = '' }) => ({ kind: 'no-version', name, wanted, nearest: '' }),
  },
  {
    pattern: new RegExp(
      `only ${project}(?:<=|==)(?<nearest>${version}) (?:is|are) available and \\S{1,40}(?: \\S{1,40})? (?:require|depends on) \\k<name>(?<wanted>[=<>!~]=?${version})`,
    ),
    means: ({ name = '', wanted = '', nearest = '' }) => ({ kind: 'no-version', name, wanted, nearest }),
  },
  // poetry: "because shop depends on demo (7) which doesn't match any versions".
  {
    pattern: new RegExp(`depends on ${project} \\((?<wanted>${range})\\) which doesn't match any versions`),
    means: ({ name = '', wanted = '' }) => ({
      kind: 'no-version',
      name,
      wanted: asSpecifier(/^\d/.test(wanted) ? `==${wanted}` : wanted),
      nearest: '',
    }),
  },
  // uv: "demo==1.0 has no wheels with a matching platform tag (e.g., `manylinux_2_36_x86_64`)".
  {
    pattern: new RegExp(`${project}(?:[=<>!~]\\S*)? ha(?:s|ve) no wheels with a matching platform tag`),
    means: ({ name = '' }) => ({ kind: 'other-platform', name, systems: [] }),
  },
  {
    pattern: new RegExp(
      `${project}(?:[=<>!~]\\S*)? ha(?:s|ve) no wheels with a matching Python (?:ABI |version |implementation )?tag`,
    ),
    means: ({ name = '' }) => ({ kind: 'needs-python', name }),
  },
  // Two that want different versions of a third.
  {
    pattern: /No solution found when resolving|version solving failed|following dependencies conflict/,
    means: () => ({ kind: 'conflict', between: [] }),
  },
];

/** What a resolver's last words mean; undefined where they are none of these. Lines are drawn around by uv, and broken. */
export function ofTheResolver(text: string): CauseOfIndex | undefined {
  const words = text.slice(-longest).replace(/[\s│╰─▶├×]+/g, ' ');
  for (const { pattern, means } of rules) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const cause = means(match.groups ?? {});
    return cause.kind === 'conflict' ? { ...cause, between: between(words) } : cause;
  }
  return undefined;
}

/** A resolver says it in a few lines, its hints with it; in characters. */
const longest = 20_000;

/** "demo==1.0 depends on third>=2", "demo (1.0) depends on third (>=2)": the two that depend, where they are two. */
function between(words: string): string[] {
  const pattern = new RegExp(
    `(?:^|[ ,])(?!because)${project}(?:==(?<exact>${version})| \\((?<other>${version})\\)) depends on `,
    'gi',
  );
  const found = [...words.matchAll(pattern)].flatMap(({ groups: { name, exact, other } = {} }) =>
    name === undefined ? [] : [`${name} ${exact ?? other}`],
  );
  const two = [...new Set(found)].slice(0, 2);
  return two.length === 2 ? two : [];
}
