import type { PipCommand, PipOption } from '../types.ts';
import type { Option, Options } from './options.ts';
import { judge } from './value.ts';
import { compareVersions, newest } from './versions.ts';

/** One argument and where it stood in argv. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

type Ends = NonNullable<PipCommand['ends']>;

/** What one of pip's parsers made of its arguments. */
export interface Reading {
  readonly options: readonly PipOption[];
  readonly positionals: readonly Token[];
  readonly ends?: Ends;
  readonly doubt?: string;
}

/** Raised while reading, caught at the end of it: nothing after this point is read. */
class End extends Error {
  readonly ends: Ends;
  constructor(kind: Ends['kind'], because: string) {
    super(because);
    this.ends = { kind, because };
  }
}

/** Exact spellings win; else the one long option it is a prefix of (optparse's `_match_abbrev`). */
function longOption(typed: string, options: Options): { option: Option; abbreviated: boolean } {
  const exact = options.get(typed);
  if (exact !== undefined) return { option: exact, abbreviated: false };
  const possible = [...options].filter(([name]) => name.startsWith('--') && name.startsWith(typed));
  const only = possible[0];
  if (only === undefined) throw new End('usage', `no such option: ${typed}`);
  if (possible.length > 1)
    throw new End(
      'usage',
      `ambiguous option: ${typed} (${possible
        .map(([name]) => name)
        .sort()
        .join(', ')}?)`,
    );
  return { option: only[1], abbreviated: true };
}

/**
 * Reads arguments by the rules of Python's optparse (Lib/optparse.py, the same from Python 3.6 to 3.13) with pip's
 * options. `interspersed` is false for pip's main parser, which stops at the first positional.
 */
export function readArguments(
  tokens: readonly Token[],
  options: Options,
  pip: string,
  interspersed: boolean,
): Reading {
  const found: PipOption[] = [];
  const positionals: Token[] = [];
  const young = compareVersions(pip, newest) > 0;
  let doubt: string | undefined;
  let next = 0;

  const keep = (option: Option, read: Omit<PipOption, 'name' | 'scope'>) => {
    found.push({ name: option.name, scope: 'global', ...read });
    if (option.action === 'help') throw new End('help', '--help');
    if (option.name === '--no-use-pep517') doubt ??= `${option.name} depends on what else is installed`;
    if (read.value === undefined) return;
    const judgement = judge(option, read.value, pip);
    if (judgement === 'unsure' || (young && judgement !== 'fine'))
      doubt ??= `whether ${option.name} takes ${read.value} is not known`;
    else if (judgement !== 'fine')
      throw new End(judgement, `invalid value for ${option.name}: ${read.value}`);
  };
  const valueAfter = (spelling: string): Token => {
    const value = tokens[next];
    if (value === undefined) throw new End('usage', `${spelling} option requires 1 argument`);
    next += 1;
    return value;
  };
  const readLong = ({ text, at }: Token) => {
    const equals = text.indexOf('=');
    const typed = equals === -1 ? text : text.slice(0, equals);
    const { option, abbreviated } = longOption(typed, options);
    if (young && abbreviated) doubt ??= `${typed} may be short for something else in pip ${pip}`;
    if (!option.takesValue) {
      if (equals !== -1) throw new End('usage', `${typed} option does not take a value`);
      keep(option, { at, tokens: 1 });
    } else if (equals !== -1) keep(option, { at, tokens: 1, value: text.slice(equals + 1) });
    else {
      const value = valueAfter(typed);
      keep(option, { at, tokens: 2, value: value.text, valueAt: value.at });
    }
  };
  const readShort = ({ text, at }: Token) => {
    const letters = [...text];
    for (let index = 1; index < letters.length; index += 1) {
      const spelling = `-${letters[index]}`;
      const option = options.get(spelling);
      if (option === undefined) throw new End('usage', `no such option: ${spelling}`);
      if (!option.takesValue) {
        keep(option, { at, tokens: 1, letters: [index, index + 1] });
        continue;
      }
      const attached = letters.slice(index + 1).join('');
      if (attached !== '') keep(option, { at, tokens: 1, value: attached, letters: [index, letters.length] });
      else {
        const value = valueAfter(spelling);
        keep(option, { at, tokens: 2, value: value.text, valueAt: value.at, letters: [index, index + 1] });
      }
      return;
    }
  };

  let ends: Ends | undefined;
  try {
    for (let token = tokens[next]; token !== undefined; token = tokens[next]) {
      if (token.text === '--') {
        next += 1;
        break;
      }
      if (token.text.startsWith('--')) {
        next += 1;
        readLong(token);
      } else if (token.text.startsWith('-') && token.text.length > 1) {
        next += 1;
        readShort(token);
      } else if (interspersed) {
        next += 1;
        positionals.push(token);
      } else break;
    }
    positionals.push(...tokens.slice(next));
  } catch (thrown) {
    if (!(thrown instanceof End)) throw thrown;
    ends = thrown.ends;
    if (young) doubt ??= ends.because;
  }
  return {
    options: found,
    positionals,
    ...(ends === undefined ? {} : { ends }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}
