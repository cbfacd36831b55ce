import type { Key as InkKey } from 'ink';
import { keyRows } from './key-table.ts';
import type { Key } from './state.ts';

const letters: Readonly<Record<string, Key>> = {
  ...Object.assign({}, ...keyRows.map(({ characters }) => characters)),
  '\x1a': { kind: 'suspend' },
  '\x1c': { kind: 'quit' },
};

/** With ctrl: readline's and the shell's own. Raw mode makes mere characters of what would be signals. */
const controls: Readonly<Record<string, Key>> = {
  c: { kind: 'interrupt' },
  d: { kind: 'leave' },
  n: { kind: 'move', by: 1 },
  p: { kind: 'move', by: -1 },
  z: { kind: 'suspend' },
};

const other: Key = { kind: 'other' };

/** What Ink read, while a word is to be typed: text is text. */
export function typedOf(input: string, key: InkKey): readonly Key[] {
  if (key.escape) return [{ kind: 'leave' }];
  if (key.return) return [{ kind: 'enter' }];
  if (key.backspace || key.delete) return [{ kind: 'erase' }];
  if (key.ctrl) return [input === 'c' || input === 'z' ? (controls[input] ?? other) : other];
  if (input === '\x1c') return [{ kind: 'quit' }];
  if (input.endsWith('\n'))
    return [...(input === '\n' ? [] : typedOf(input.slice(0, -1), key)), { kind: 'enter' }];
  if (key.meta || key.tab || key.upArrow || key.downArrow || !/^[\x20-\x7e]+$/.test(input)) return [other];
  return [{ kind: 'text', text: input }];
}

/**
 * What Ink read, as keys that mean something here. Ink hands over printable characters that came in one packet as one
 * text: typed fast they are keys, each in its turn; anything longer or with a foreign letter in it was pasted and is
 * no key at all.
 */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  if (key.escape) return [{ kind: 'leave' }];
  if (key.meta) return [other];
  if (key.return) return [{ kind: 'enter' }];
  if (key.upArrow || (key.tab && key.shift)) return [{ kind: 'move', by: -1 }];
  if (key.downArrow || key.tab) return [{ kind: 'move', by: 1 }];
  if (key.home) return [{ kind: 'edge', to: 'first' }];
  if (key.end) return [{ kind: 'edge', to: 'last' }];
  if (key.ctrl) {
    const control = controls[input];
    return [control ?? other];
  }
  const keys: Key[] = [];
  for (const character of input) {
    const letter = letters[character.toLowerCase()];
    if (letter !== undefined) keys.push(letter);
    else if (/[1-9]/.test(character)) keys.push({ kind: 'number', number: Number(character) });
    else if (character < ' ' || input.length === 1) keys.push(other);
    else return [];
  }
  return keys.length === 0 ? [other] : keys;
}
