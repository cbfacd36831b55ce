import { isTaken } from './debian-names.ts';

/**
 * Packages that break their distribution's rule PREFIX-NAME, where they are known (from the package lists of Arch,
 * Alpine, Void and MSYS2 as their repositories have them).
 */
const exceptions: Readonly<Record<string, string>> = {
  'python-dateutil': 'dateutil',
  pyyaml: 'yaml',
  'python-dotenv': 'dotenv',
  'python-docx': 'docx',
  'python-ldap': 'ldap',
  'python-magic': 'magic',
};

/**
 * The packages that may hold a project where the rule is PREFIX-NAME. A name that on Debian is known to be another
 * project's is in no package here either: python-jwt, py3-magic and the like are called after modules everywhere.
 */
export function simpleNames(
  prefix: string,
  name: string,
  shortened: Readonly<Record<string, string>> = {},
): readonly string[] {
  const broken: Readonly<Record<string, string>> = { ...exceptions, ...shortened };
  const known = Object.hasOwn(broken, name) ? broken[name] : undefined;
  if (known !== undefined) return [`${prefix}${known}`];
  if (isTaken(name) || Object.values(broken).includes(name)) return [];
  const names = [`${prefix}${name}`];
  // `python-foo` is often packaged as PREFIX-foo by one and as PREFIX-python-foo by another; only the full name is sure.
  if (name.includes('-'))
    names.push(`${prefix}${name.replaceAll('-', '.')}`, `${prefix}${name.replaceAll('-', '_')}`);
  return names;
}
