import { normalizeName } from '../pip/requirement.ts';

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

/** How pip and uv say it, the surest first. Where pip says only that some metadata could not be made, it was collecting that project last. */
const sayings: readonly RegExp[] = [
  new RegExp(`Failed (?:to download and build|to build|building wheel for) [\`']?${project}`, 'g'),
  new RegExp(`Could not build wheels for ${project}`, 'g'),
  new RegExp(`Encountered error while trying to install package\\.\\n(?:╰─> )?${project}$`, 'gm'),
  new RegExp(`^Collecting ${project}`, 'gm'),
];

/** Whose build this text says has failed, of lines that begin at their beginning; undefined where it does not say. */
export function failingIn(text: string): Failing | undefined {
  // pip may have collected it and failed at something else.
  if (!aBuildFailed.test(text)) return undefined;
  const name = sayings.flatMap((saying) => [...text.matchAll(saying)].at(-1)?.[1] ?? [])[0];
  if (name === undefined) return undefined;
  const files = text.matchAll(
    /([A-Za-z0-9][\w.-]{0,80})-(\d[\w.!+]{0,40}?)\.(?:tar\.(?:gz|bz2|xz)|tgz|zip)\b/g,
  );
  const file = [...files].findLast(([, of = '']) => normalizeName(of) === normalizeName(name));
  const version =
    file?.[2] ?? new RegExp(`\`${name.replaceAll('.', '\\.')}==([\\w.!+]{1,40})\``).exec(text)?.[1];
  return { name, ...(version === undefined ? {} : { version }) };
}
