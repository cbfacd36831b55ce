import { normalizeName } from '../pip/requirement.ts';
import { legible } from './legible.ts';

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

/** Whose build this says has failed, in the words of who installs; undefined where they do not say. */
export function failingIn(said: string): Failing | undefined {
  const text = legible(withoutOutput(said));
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

/**
 * What pip and uv say without what they tell of a build's own output, which may say anything, "[end of output]" as well: pip
 * counts its lines (pip/_internal/exceptions.py, `InstallationSubprocessError`); uv tells it last. With -v pip passes it on as it comes.
 */
function withoutOutput(said: string): string {
  const lines = said.split('\n');
  const kept: string[] = [];
  let isPassedOn = false;
  let endAt = -1;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (uvsOutput.test(line)) break;
    // The end of an output whose beginning was too long ago to be known.
    if (at !== endAt && endOfOutput.test(line)) {
      kept.length = 0;
      continue;
    }
    isPassedOn = isPassedOn ? !passedOnTo.test(line) : passedOnFrom.test(line);
    if (isPassedOn) continue;
    kept.push(line);
    at += Number(/\[(\d{1,7}) lines? of output\]/.exec(line)?.[1] ?? 0);
    endAt = at + 1;
  }
  return kept.join('\n');
}

const endOfOutput = /^[\s│]*\[end of output\]\s*$/;
const uvsOutput = /^[\s│]*(?:\[std(?:out|err)\]|--- std(?:out|err):)\s*$/;
/** A repository is fetched in the same words, also without -v. */
const passedOnFrom = /^ *Running command (?!(?:git|hg|svn|bzr) )/;
const passedOnTo =
  /^ *(?:error: )?subprocess-exited-with-error *$|: finished with status '|\.\.\. (?:done|error)$/;
