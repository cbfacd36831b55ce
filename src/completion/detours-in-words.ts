import { type DetourId, detourIds, staysWithPerson } from '../detours/ids.ts';
import type { MadeTable } from './made-table.ts';

/** What each detour does, in the order and the words of the front page; the manual page has them, too. */
export const detoursInWords: Readonly<Record<DetourId, string>> = {
  venv: "installs into your project's virtual environment, and makes one if there is none: no `python3-venv`, no root",
  'active-venv': 'installs into the environment that is activated',
  pipx: 'installs an application so that you can run its commands everywhere; gets pipx first if it is missing',
  'project-manager': 'lets uv, Poetry, PDM, Pipenv or pixi add the package to your project',
  'system-package': "installs your system's own package instead: apt, dnf, pacman, zypper, apk, Homebrew …",
  'other-python': 'installs into another Python of yours: pyenv, conda, mise, asdf',
  'break-system-packages':
    "installs into the system's Python after all; says what can break, and wants the word `break` typed",
};

const code = (ids: readonly string[]) => ids.map((id) => `\`${id}\``);

/** `a`, `b` or `c`. */
const either = (ids: readonly string[]) =>
  code(ids)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');

/** What the pages say of all detours. */
export function detourPages(): readonly MadeTable[] {
  const rows = Object.entries(detoursInWords).map(([id, does]) => `| \`${id}\` | ${does} |`);
  const near = detourIds.filter((id) => staysWithPerson(id));
  const far = detourIds.filter((id) => !staysWithPerson(id));
  return [
    {
      file: 'README.md',
      mark: 'detours',
      text: ['| detour | what it does |', '| --- | --- |', ...rows].join('\n'),
    },
    {
      file: 'docs/choosing-in-advance.md',
      mark: 'detours',
      text: `The detours are ${code(Object.keys(detoursInWords)).join(', ')}.`,
    },
    {
      file: 'docs/settings.md',
      mark: 'reach',
      text: `It may choose ${either(near)}. These reach beyond the project and the person: ${code(far).join(', ')}.`,
    },
  ];
}
