import type { PipOption } from '../types.ts';
import type { Option, Options } from './options.ts';
import { judge, strtobool } from './value.ts';

/** What an option is set to once files, variables and the command line are laid over each other. */
export type Setting = boolean | number | string | readonly string[];

/** Settings by canonical option name (`--target`); absent means pip's default. Or why pip ends, or why we cannot tell. */
export type Settings =
  | { readonly values: ReadonlyMap<string, Setting> }
  | { readonly ends: string }
  | { readonly unsure: string };

type Outcome = { readonly value?: Setting } | { readonly ends: string } | { readonly unsure: string };

function fromText(option: Option, key: string, text: string, pip: string): Outcome {
  const ends = { ends: `${key} = ${text} is not a value pip takes` };
  const unsure = { unsure: `${key} = ${text}` };
  const judged = (values: readonly string[]) => {
    const judgements = values.map((value) => judge(option, value, pip));
    if (judgements.some((judgement) => judgement === 'usage' || judgement === 'error')) return ends;
    return judgements.includes('unsure') ? unsure : undefined;
  };
  switch (option.action) {
    case 'true':
    case 'false': {
      const value = strtobool(text);
      return value === undefined ? ends : { value };
    }
    case 'count': {
      const value = strtobool(text);
      if (value !== undefined) return { value: Number(value) };
      if (/[^\x20-\x7e]/.test(text)) return unsure;
      return /^\s*\+?\d+(_?\d+)*\s*$|^\s*-0+\s*$/.test(text)
        ? { value: Number(text.replaceAll('_', '')) }
        : ends;
    }
    case 'append': {
      const list = text.split(/\s+/).filter((part) => part !== '');
      return judged(list) ?? { value: list };
    }
    case 'help':
      return {};
    case 'call':
      if (option.name === '--no-use-pep517') return ends;
      if (!option.takesValue) return strtobool(text) === undefined ? ends : { value: true };
      return judged([text]) ?? { value: text };
    case 'store':
      return judged([text]) ?? { value: text };
  }
}

/**
 * Lays configuration items (in pip's order) and then the command line's options over pip's defaults, the way
 * `_update_defaults` (cli/parser.py) and optparse do.
 */
export function settings(
  items: readonly (readonly [key: string, value: string])[],
  commandLine: readonly PipOption[],
  options: Options,
  pip: string,
): Settings {
  const values = new Map<string, Setting>();
  for (const [key, text] of items) {
    const option = options.get(`--${key}`);
    if (option === undefined) continue;
    const outcome = fromText(option, key, text, pip);
    if ('ends' in outcome || 'unsure' in outcome) return outcome;
    if (outcome.value !== undefined) values.set(option.sets, outcome.value);
  }
  for (const { name, value } of commandLine) {
    const option = options.get(name);
    if (option === undefined) continue;
    const before = values.get(option.sets);
    if (option.action === 'true') values.set(option.sets, true);
    else if (option.action === 'false') values.set(option.sets, false);
    else if (option.action === 'count')
      values.set(option.sets, (typeof before === 'number' ? before : 0) + 1);
    else if (option.action === 'append' && value !== undefined)
      values.set(option.sets, [...listOf(before), value]);
    else if (value !== undefined) values.set(option.sets, value);
  }
  return { values };
}

/** The values of an option that may be given more than once: what files say first, then the command line's. */
export function listOf(setting: Setting | undefined): readonly string[] {
  return typeof setting === 'object' ? setting : [];
}
