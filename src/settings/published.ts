import { allSettings, type Setting, type Source, sources } from './schema.ts';

/** What is published of the settings: never part of the program, made by `npm run docs`. */

/** A JSON schema (json-schema.org, draft 2020-12) for a file of settings of one source. */
export function jsonSchema(source: Source): object {
  const settings = allSettings.filter((setting) => setting.sources.includes(source));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Settings of pip-detour: ${titles[source]}`,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      settings.map((setting) => [
        setting.name,
        { description: `${setting.describe}.`, ...setting.kind.json, default: setting.default },
      ]),
    ),
  };
}

const titles: Readonly<Record<Source, string>> = {
  environment: 'variables',
  directory: 'a person, for one directory',
  project: '.pip-detour.toml, or the table tool.pip-detour of pyproject.toml',
  user: '~/.config/pip-detour/config.toml',
  policy: '/etc/xdg/pip-detour/config.toml',
};

/** The table in docs/settings.md. */
export function markdownTable(): string {
  const rows = allSettings.map((setting) => `| ${cells(setting).join(' | ')} |`);
  return [
    '| setting | values | default | what it does | who can set it |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function cells(setting: Setting<unknown>): string[] {
  const { name, kind, default: value, describe } = setting;
  const shape =
    kind.values.length > 0 ? kind.values.map(code).join(', ') : code(kind.shape.replace('|', '\\|'));
  const several = kind.shape.endsWith('…') ? 'several detours' : shape;
  return [
    code(name),
    name === 'detour' ? 'a detour, `none`, `ask`' : several,
    shown(value),
    describe,
    whoMay(setting),
  ];
}

/** Those above the person are told by their column's absence: what all may say is most. */
function whoMay(setting: Setting<unknown>): string {
  const missing = sources.filter((source) => !setting.sources.includes(source));
  const who = missing.length === 0 ? 'all' : `all but ${missing.map((source) => words[source]).join(', ')}`;
  return setting.needsTrust === undefined
    ? who
    : `${who}; some values in a project's file only once you trust it`;
}

const words: Readonly<Record<Source, string>> = {
  environment: 'variables',
  directory: 'for a directory',
  project: 'projects',
  user: 'you',
  policy: 'administrators',
};

function code(text: string): string {
  return `\`${text}\``;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : 'all';
  return value === '' ? '' : code(String(value));
}
