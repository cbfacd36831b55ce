import { pythonHelp } from '../detours/other-python/index.ts';
import { printable } from '../system/quote.ts';
import type { Situation } from '../types.ts';

/** What stands behind `?` about this Python and the ways round, by paragraph. */
export function help(situation: Situation): string[] {
  const { manager, interpreter } = situation;
  return [
    manager === 'uv'
      ? 'uv makes environments from this Python. Everything else that runs on it would see what pip put there, so pip refuses; nothing was changed.'
      : `Programs of ${printable(manager)} run on this Python. A package that pip put there could replace one they need, so pip refuses; nothing was changed.`,
    'A virtual environment is a directory with packages of its own, beside your project: deleting it undoes everything.',
    'pipx gives an application (a command you run, such as black or httpie) an environment to itself and puts its command on PATH.',
    ...pythonHelp(situation).map(printable),
    `pip-detour does not offer to set break-system-packages in pip.conf or to delete ${printable(interpreter?.marker ?? 'the marker file')}. After either, every pip changes this Python without asking, in scripts too; and the next update of the system brings the file back.`,
    'A remembered choice is used without asking next time; "pip-detour choices" shows them, "pip-detour forget" undoes them. PIP_DETOUR=off pip … is the real pip.',
  ];
}

/** What the marker says, by paragraph, under whose words they are. Commands stand on lines of their own. */
export function words(manager: string, text: string): string[] {
  return [
    `${printable(manager)} says:`,
    ...text
      .split(/\n[ \t]*\n/)
      .map(paragraph)
      .filter((said) => said !== ''),
  ];
}

/** Its lines are broken for a width that is not this terminal's, unless they are commands to be typed. */
function paragraph(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.every(isCommand)
    ? lines.map(printable).join('\n')
    : printable(lines.filter((line) => line !== '').join(' '));
}

/** A sentence begins with a capital and ends with a point; markers say `python3 -m venv path` in lines that do neither. */
function isCommand(line: string): boolean {
  return /^(?:[a-z]|\.{0,2}\/|\. )[^\n]*[^.,:;\s]$/.test(line);
}
