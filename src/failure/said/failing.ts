import { normalizeName } from '../../pip/requirement.ts';
import type { Said } from './hear.ts';

/** Whose build has failed. */
export interface Failing {
  /** As pip or uv writes it. */
  readonly name: string;
  /** The release that was being built, where its file was named. */
  readonly version?: string;
}

/** pip's references for a build that failed (pip/_internal/exceptions.py), and what uv, poetry and pdm say of one. */
export const aBuildFailed =
  /subprocess-exited-with-error|metadata-generation-failed|legacy-install-failure|failed-wheel-build|Failed building wheel|Failed to (?:download and )?build|The build backend returned an error|Backend subprocess exited|Build backend raised error/;

const project = '([A-Za-z0-9][\\w.-]{0,80})';
const archive = '\\.(?:tar\\.(?:gz|bz2|xz)|tgz|zip)\\b';

/**
 * How pip and uv say it, the surest first. Where pip says only that some metadata could not be made, it was collecting that
 * project last, or processing its archive.
 */
const sayings: readonly RegExp[] = [
  new RegExp(
    `Failed (?:to download and build|to build(?! installable wheels)|building wheel for) [\`']?${project}`,
    'g',
  ),
  new RegExp(`Could not build wheels for ${project}`, 'g'),
  new RegExp(
    `(?:Encountered error while trying to install package\\.|Failed to build installable wheels for some pyproject\\.toml based projects)\\n(?:╰─> )?${project}`,
    'gm',
  ),
  new RegExp(
    `^(?:Collecting ${project}(?=[\\s=<>~!;,[(@]|$)|(?:Processing|Collecting) [^\\n]*?([A-Za-z0-9][\\w.-]{0,80}?)-\\d[\\w.!+]{0,40}${archive})`,
    'gm',
  ),
];

/** Whose build has failed, in the words of who installs; undefined where they do not say. */
export function failingIn({ own: text }: Said): Failing | undefined {
  // pip may have collected it and failed at something else.
  if (!aBuildFailed.test(text)) return undefined;
  const name = sayings.flatMap(
    (saying) => [...text.matchAll(saying)].at(-1)?.slice(1).find(Boolean) ?? [],
  )[0];
  if (name === undefined) return undefined;
  const files = text.matchAll(new RegExp(`([A-Za-z0-9][\\w.-]{0,80})-(\\d[\\w.!+]{0,40}?)${archive}`, 'g'));
  const file = [...files].findLast(([, of = '']) => normalizeName(of) === normalizeName(name));
  const version =
    file?.[2] ?? new RegExp(`\`${name.replaceAll('.', '\\.')}==([\\w.!+]{1,40})\``).exec(text)?.[1];
  return { name, ...(version === undefined ? {} : { version }) };
}
