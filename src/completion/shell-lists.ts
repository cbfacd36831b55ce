import { managers, packageOf } from '../detours/system-package/managers/index.ts';
import {
  type PackageManager,
  type Program,
  usualPackages,
} from '../detours/system-package/managers/manager.ts';
import { hintFor } from '../place/kinds.ts';
import { placeMarks } from '../place/where.ts';
import { allSettings, schema, variableOf } from '../settings/schema.ts';
import { agents, ciServices } from '../system/automation.ts';
import type { PlaceKind } from '../types.ts';
import type { MadeTable } from './made-table.ts';

/**
 * The lists that the shell scripts need of the code's own tables, as lines of sh: written by `npm run docs`, held by
 * test/readme.test.ts.
 */
export function shellLists(): readonly MadeTable[] {
  return [
    {
      file: 'shims/pip',
      mark: 'managers',
      text: byManager((manager, sudo) => `_pd_how='${sudo}${manager.typed} ${packageOf('pip', manager)}'`),
    },
    {
      file: 'shims/with-node.sh',
      mark: 'managers',
      text: byManager((manager, sudo) => {
        const others = needed.filter((program) => packageOf(program, manager) !== usualPackages[program]);
        const called = others.map((program) => ` _pd_as_${program}='${packageOf(program, manager)}'`);
        return `_pd_type='${manager.typed}'${sudo === '' ? " _pd_sudo=''" : ''}${called.join('')}`;
      }),
    },
    { file: unattended, mark: 'agents', text: returnWhereSet(agents.map(({ variable }) => variable)) },
    {
      file: unattended,
      mark: 'services',
      text: returnWhereSet(ciServices.map(({ variables }) => variables.at(-1) ?? '')),
    },
    { file: unattended, mark: 'places', text: leftToNode() },
    { file: unattended, mark: 'venv', text: venvLines() },
    { file: unattended, mark: 'sentences', text: sentences() },
    {
      file: unattended,
      mark: 'settings',
      text: returnWhereSet(['VIRTUAL_ENV', ...allSettings.map(variableOf).filter((name) => name !== hint)]),
    },
  ];
}

const unattended = 'shims/unattended.sh';

/** The shell looks at its value itself. */
const hint = variableOf(schema.hint);

/** What the installation and the program cannot do without. */
const needed: readonly Program[] = ['node', 'npm', 'python', 'pip'];

/** What sh does by the package manager whose program lies on this machine; what `does` gives stands in a branch of its own. */
function byManager(does: (manager: PackageManager, sudo: 'sudo ' | '') => string): string {
  const known = Object.values<PackageManager>(managers).filter(({ programs }) => programs.length > 0);
  const branches = known.map((manager, at) => {
    const there = manager.programs.map((file) => `[ -x ${file} ]`).join(' || ');
    return `\t${at === 0 ? 'if' : 'elif'} ${there}; then\n\t\t${does(manager, manager.needsRoot ? 'sudo ' : '')}`;
  });
  return [...branches, '\tfi'].join('\n');
}

/** Lines of sh that return 1 in a place whose hint is not a mere sentence. */
function leftToNode(): string {
  const files = placeMarks.flatMap((mark) => mark.files.map((file) => `[ -e /${file} ]`));
  return `${returnWhereSet(placeMarks.flatMap(({ variables }) => variables))}
\tif ${files.join(' || ')}; then return 1; fi`;
}

/** What is typed for `python3 -m venv` first, in a container. */
function venvLines(): string {
  return Object.values<PackageManager>(managers)
    .flatMap(({ programs, venv }) => (venv === undefined ? [] : programs.map((file) => ({ file, venv }))))
    .map(
      ({ file, venv }) =>
        `\t\t\tif [ -x ${file} ]; then _pd_get="${venv.typed(venv.name('$_pd_python'))} && "; fi`,
    )
    .join('\n');
}

/** The places whose sentence the shell says itself. */
const saidByShell = [
  'github-actions',
  'gitlab-ci',
  'docker-build',
  'ssh',
] as const satisfies readonly PlaceKind[];

/** Lines of sh that set the sentence by the place. */
function sentences(): string {
  // Stand-ins for what the shell puts in, which its own signs may stand beside.
  const facts = { line: '\u0001', rest: '', version: '\u0002', venvLine: '\u0003' };
  const said = (kinds: readonly PlaceKind[]) =>
    hintFor(kinds, facts)
      .replace(/[$"`\\]/g, '\\$&')
      .replaceAll('\u0001', '$_pd_line')
      .replaceAll('\u0002', '$_pd_python')
      .replace('\u0003 && ', () => `\${_pd_get}`);
  const cases = saidByShell.map((kind) => `\t${kind}) _pd_sentence="${said([kind])}" ;;`);
  return ['\tcase $_pd_place in', ...cases, `\t*) _pd_sentence="${said([])}" ;;`, '\tesac'].join('\n');
}

/** Lines of sh that return 1 where one of these variables is set to something. */
function returnWhereSet(names: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < names.length; at += 4) {
    const values = names.slice(at, at + 4).map((name) => `\${${name}-}`);
    lines.push(`\t[ -z "${values.join('')}" ] || return 1`);
  }
  return lines.join('\n');
}
