import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizeName } from '../pip/requirement.ts';
import { listing } from '../system/listing.ts';
import { quote } from '../system/quote.ts';
import { isInside } from '../system/real-path.ts';
import { textOf } from '../system/text-file.ts';
import type { HeldPackage } from '../types.ts';
import { cloneAt } from './clone.ts';

/** What every new environment may have anyway: if it is lost, nothing is lost. */
const brought = /^(pip|setuptools|wheel|distribute|pkg[_-]resources)$/i;

/** What a requirements file may hold without being taken for something else than a name and a version (PEP 508, 440). */
const plainName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const plainVersion = /^[A-Za-z0-9.!+_-]+$/;

/**
 * The packages that were installed into an environment, by name, with the line that asks for the very same again: from
 * `.dist-info` and `.egg-info` (PEP 376, PEP 627), what came from elsewhere than an index from `direct_url.json`
 * (PEP 610). Executes nothing, and fails for nothing: what cannot be read is named as lost.
 */
export function heldPackages(environment: string): HeldPackage[] {
  const found = new Map<string, HeldPackage>();
  for (const library of listing(join(environment, 'lib'))) {
    const site = join(environment, 'lib', library, 'site-packages');
    for (const entry of listing(site)) {
      const held = heldAs(join(site, entry), environment);
      if (held !== undefined && !brought.test(held.name)) found.set(normalizeName(held.name), held);
    }
  }
  return [...found.values()].sort((a, b) => (normalizeName(a.name) < normalizeName(b.name) ? -1 : 1));
}

function heldAs(entry: string, environment: string): HeldPackage | undefined {
  const [, stem = '', kind] = /^(.+)\.(dist-info|egg-info|egg-link)$/.exec(basename(entry)) ?? [];
  if (kind === undefined || stem.startsWith('~')) return undefined;
  if (kind === 'egg-link')
    return editable(stem, '', textOf(entry)?.split('\n')[0]?.trim() ?? '', environment);
  const metadata = textOf(join(entry, kind === 'dist-info' ? 'METADATA' : 'PKG-INFO')) ?? textOf(entry) ?? '';
  const header = (field: string) =>
    new RegExp(`^${field}:[ \\t]*(\\S+)[ \\t]*\\r?$`, 'im').exec(metadata.split(/\r?\n\r?\n/)[0] ?? '')?.[1];
  const [, stemName = stem, stemVersion = ''] = /^(.+?)-([^-]+)(?:-py[\d.]+)?$/.exec(stem) ?? [];
  const name = header('Name') ?? stemName;
  const version = header('Version') ?? stemVersion;
  if (!plainName.test(name) || !plainVersion.test(version))
    return { name: stemName, version: stemVersion, lost: 'its metadata cannot be read' };
  const direct = textOf(join(entry, 'direct_url.json'));
  return direct === undefined
    ? { name, version, line: `${name}==${version}` }
    : fromUrl(name, version, direct, environment);
}

/** `direct_url.json`: a VCS, an archive or a directory, the last perhaps editable. */
function fromUrl(name: string, version: string, json: string, environment: string): HeldPackage {
  const { url, vcs, commit, isEditable, subdirectory } = directUrl(json);
  const lost = (why: string): HeldPackage => ({ name, version, lost: why });
  if (url === undefined || /[\s\0]/.test(url)) return lost('where it came from cannot be read');
  const fragment = subdirectory === undefined ? '' : `#subdirectory=${subdirectory}`;
  if (vcs !== undefined) {
    if (commit === undefined) return lost('its commit is not known');
    return { name, version, line: `${name} @ ${vcs}+${url}@${commit}${fragment}` };
  }
  if (!url.startsWith('file:')) return { name, version, line: `${name} @ ${url}${fragment}` };
  const path = pathOf(url);
  if (path === undefined) return lost('where it came from cannot be read');
  if (isEditable) return editable(name, version, path, environment);
  return existsSync(path) ? { name, version, line: `${name} @ ${url}${fragment}` } : lost(`${path} is gone`);
}

/** Installed with `-e`: its directory is used as it is. pip clones what it is to edit from a VCS into `src/`. */
function editable(name: string, version: string, path: string, environment: string): HeldPackage {
  const lost = (why: string): HeldPackage => ({ name, version, lost: why });
  if (!path.startsWith('/') || /[\r\n\0]/.test(path)) return lost('where its source lies cannot be read');
  if (isInside(path, environment)) {
    const clone = cloneAt(path);
    return clone === undefined
      ? lost(`its source lies in the environment itself (${path})`)
      : { name, version, line: `-e git+${clone.url}@${clone.commit}#egg=${name}` };
  }
  return ['pyproject.toml', 'setup.py', 'setup.cfg'].some((file) => existsSync(join(path, file)))
    ? { name, version, line: `-e ${quote(path)}` }
    : lost(`its source ${path} is gone`);
}

interface DirectUrl {
  readonly url?: string;
  readonly vcs?: string;
  readonly commit?: string;
  readonly isEditable: boolean;
  readonly subdirectory?: string;
}

function directUrl(json: string): DirectUrl {
  const all = fieldsOf(parsed(json));
  const vcs = fieldsOf(all['vcs_info']);
  const plain = (value: unknown, form: RegExp) =>
    typeof value === 'string' && form.test(value) ? value : undefined;
  const url = plain(all['url'], /^[a-z][a-z0-9+.-]*:/i);
  const kind = plain(vcs['vcs'], /^(?:git|hg|svn|bzr)$/);
  const commit = plain(vcs['commit_id'], /^[\w.:@-]+$/);
  const subdirectory = plain(all['subdirectory'], /^[\w./-]+$/);
  return {
    isEditable: fieldsOf(all['dir_info'])['editable'] === true,
    ...(url === undefined ? {} : { url }),
    ...(kind === undefined ? {} : { vcs: kind }),
    ...(commit === undefined ? {} : { commit }),
    ...(subdirectory === undefined ? {} : { subdirectory }),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
