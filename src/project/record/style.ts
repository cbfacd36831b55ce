import { parseRequirement } from '../../pip/requirement.ts';

/** What was installed and is to be written down. */
export interface Recordable {
  /** As typed, with its extras: `Flask[async]`. */
  readonly typed: string;
  /** PEP 503. */
  readonly name: string;
  /** As typed; then it is kept. */
  readonly specifier?: string;
  /** As typed, without its `;`. */
  readonly marker?: string;
  /** What is installed now; absent where that is not known. */
  readonly version?: string;
}

/** A requirement as a file has it, with all that stands in its line. */
export interface Listed {
  readonly text: string;
  /** PEP 503. */
  readonly name: string;
}

/** How a version is asked for: the operator with its blanks, and how many numbers of the version follow it. */
interface Style {
  readonly operator: '==' | '>=' | '~=' | 'range' | '';
  readonly before: string;
  readonly after: string;
  readonly numbers: number;
}

const whole = 99;
const exact: Style = { operator: '==', before: '', after: '', numbers: whole };

/** The requirement as this file writes its others: by the manner most of them have, else by `usual`. */
export function inStyle(recordable: Recordable, listed: readonly Listed[], usual: '==' | '>='): string {
  const { typed, specifier, marker, version } = recordable;
  const styles = listed.flatMap(({ text }) => styleOf(text) ?? []);
  const count = ({ operator }: Style) => styles.filter((style) => style.operator === operator).length;
  // Of two that are as many the one that comes later in the file.
  const style = styles.reduce((best, one) => (count(one) >= count(best) ? one : best), styles[0] ?? exact);
  const chosen = styles.length === 0 ? { ...exact, operator: usual } : style;
  const asked = specifier ?? (version === undefined ? '' : asking(chosen, version));
  return `${typed}${asked}${marker === undefined ? '' : `; ${marker}`}`;
}

/** What follows the name: `==2.31.0`, ` >= 2.31`, `>=2.31,<3`. */
function asking({ operator, before, after, numbers }: Style, installed: string): string {
  // What a wheel built here says after its `+` is known to no index (PEP 440, local versions).
  const version = installed.replace(/\+.*$/, '');
  const release = /^\d+(?:\.\d+)*$/.test(version) ? version.split('.') : undefined;
  const least = operator === '~=' ? 2 : 1;
  const short = release?.slice(0, Math.max(numbers, least)).join('.') ?? version;
  if (operator === '') return '';
  if (operator === 'range') return `${before}>=${after}${short},<${after}${Number.parseInt(version, 10) + 1}`;
  // `~=` wants two numbers, and of a version that has one there is no such range.
  if (operator === '~=' && release?.length === 1) return `${before}>=${after}${short}`;
  return `${before}${operator}${after}${operator === '==' ? version : short}`;
}

/** Undefined for one in a manner that says nothing of others: `!=1.2`, `==2.*`, an address. */
function styleOf(text: string): Style | undefined {
  const rest = text.replace(/^[\w.-]+(?:[ \t]*\[[^\]]*\])?/, '').replace(/[ \t]*(?:;.*|\s#.*)?$/, '');
  if (rest === '') return { operator: '', before: '', after: '', numbers: whole };
  const single = /^([ \t]*)(==|>=|~=)([ \t]*)v?(\d+(?:\.\d+)*)[\w.!+-]*$/.exec(rest);
  const range = /^([ \t]*)>=([ \t]*)(\d+(?:\.\d+)*)[ \t]*,[ \t]*<[ \t]*\d+(?:\.0)*$/.exec(rest);
  if (range !== null) {
    const [, before = '', after = '', version = ''] = range;
    return { operator: 'range', before, after, numbers: version.split('.').length };
  }
  const [, before = '', operator, after = '', version = ''] = single ?? [];
  if (operator !== '==' && operator !== '>=' && operator !== '~=') return undefined;
  return { operator, before, after, numbers: version.split('.').length };
}

/** A requirement that a line, or a string of an array, asks for; undefined where no project is named. */
export function listedBy(text: string): Listed | undefined {
  const name = parseRequirement(text)?.name;
  return name === undefined ? undefined : { text, name };
}

/** How a list is sorted; undefined where it is not, or has too little in it to tell. */
export function orderOf(texts: readonly string[]): ((one: string, other: string) => number) | undefined {
  if (texts.length < 2) return undefined;
  const plain = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  const orders = [
    (one: string, other: string) => plain(key(one).toLowerCase(), key(other).toLowerCase()),
    (one: string, other: string) => plain(key(one), key(other)),
  ];
  return orders.find((order) => texts.every((text, at) => at === 0 || order(texts[at - 1] ?? '', text) <= 0));
}

/** What a list is sorted by: the name, `-` and `_` being one. */
function key(text: string): string {
  return (/^[\w.-]+/.exec(text)?.[0] ?? text).replace(/[-_.]+/g, '-');
}
