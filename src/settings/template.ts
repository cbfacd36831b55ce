import { allSettings, type Source } from './schema.ts';

/** A first file of settings: all that may stand in it, with the defaults, as comments. */
export function template(source: Source): string {
  const whose = source === 'project' ? "This project's settings for pip-detour" : 'Settings of pip-detour';
  const settings = allSettings.filter((setting) => setting.sources.includes(source));
  const entries = settings.map(
    ({ name, describe, kind, default: value }) =>
      `# ${describe} (${kind.shape}).\n# ${name} = ${JSON.stringify(value)}\n`,
  );
  return [`# ${whose}. What is left out is as shown.\n`, ...entries].join('\n');
}

/** The settings as `config --help` lists them, for a width in columns. */
export function settingsHelp(columns: number): string {
  const width = Math.max(...allSettings.map(({ name }) => name.length)) + 4;
  return [
    'Settings:',
    ...allSettings.flatMap(({ name, describe, kind }) => {
      const shape = kind.values.length > 4 && kind.shape.length > 60 ? 'see man pip-detour' : kind.shape;
      const lines = wrapped(`${describe} (${shape})`, Math.max(20, columns - width));
      return lines.map((line, at) => `${(at === 0 ? `  ${name}` : '').padEnd(width)}${line}`);
    }),
  ].join('\n');
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
