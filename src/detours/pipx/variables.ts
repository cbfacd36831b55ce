import { join } from 'node:path';

/** They would send what pipx installs out of its environment (pipx itself only overrides PIP_USER, newer ones PIP_TARGET). */
const sendElsewhere = ['PIP_USER', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_ROOT', 'PIP_PYTHON'];

/** Variables that name files, relative to where one stands; pipx is started elsewhere. The first two name several. */
const listsOfPlaces = ['PIP_FIND_LINKS', 'PIP_CONSTRAINT'];
const places = [
  'PIP_BUILD_CONSTRAINT',
  'PIP_CONFIG_FILE',
  'PIP_CERT',
  'PIP_CLIENT_CERT',
  'PIP_CACHE_DIR',
  'PIP_LOG',
  'PIPX_HOME',
  'PIPX_BIN_DIR',
  'PIPX_MAN_DIR',
  'PIPX_SHARED_LIBS',
];

/**
 * What must be different in the environment of a pipx that is started away from `cwd`, so that its pip works as pip would
 * have worked here; null takes a variable away. `knowsUv` for a pipx that may choose uv.
 */
export function pipxVariables(
  variables: Readonly<Record<string, string>>,
  cwd: string,
  knowsUv: boolean,
): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const name of sendElsewhere) if (variables[name] !== undefined) changed[name] = null;
  for (const name of [...listsOfPlaces, ...places]) {
    const value = variables[name];
    if (value === undefined || value === '') continue;
    const parts = listsOfPlaces.includes(name) ? value.split(/(\s+)/) : [value];
    const absolute = parts.map((part) => (part.trim() === '' ? part : absolutePlace(part, cwd))).join('');
    if (absolute !== value) changed[name] = absolute;
  }
  // From 1.12 on pipx makes its environments with uv where it finds one, and uv reads neither pip's configuration nor
  // PIP_* nor all of pip's options. An environment that uv made stays uv's (pipx/backends/__init__.py).
  if (knowsUv) changed['PIPX_DEFAULT_BACKEND'] = 'pip';
  return changed;
}

/** A file name made absolute; a URL (`file:` needs no slashes) and `~` are left to pip. */
export function absolutePlace(place: string, cwd: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(place) || /^[~/]/.test(place) ? place : join(cwd, place);
}
