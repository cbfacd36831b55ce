import { legible, looked } from './legible.ts';

/** What a failed installation said. */
export interface Said {
  /** All of it, with what a build printed: that tells what the build lacks. */
  readonly all: string;
  /** The words of who installs alone: a build may print any words, and imitate these. */
  readonly own: string;
}

/** Makes what was said legible, once, and tells who says what. */
export function hear(said: string): Said {
  const lines = said.split('\n');
  const own = ownLines(lines);
  const parts: { readonly isOwn: boolean; readonly lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const last = parts.at(-1);
    if (last?.isOwn === own.has(at)) last.lines.push(line);
    else parts.push({ isOwn: own.has(at), lines: [line] });
  });
  const read = parts.map((part) => ({ isOwn: part.isOwn, text: legible(part.lines.join('\n')) }));
  const end = (those: typeof read) =>
    those
      .map(({ text }) => text)
      .join('')
      .slice(-looked);
  return { all: end(read), own: end(read.filter(({ isOwn }) => isOwn)) };
}

/**
 * The numbers of those lines that who installs says. What a build prints may say anything, "[end of output]" as well: pip counts
 * its lines (pip/_internal/exceptions.py, `InstallationSubprocessError`); uv tells it last.
 */
function ownLines(lines: readonly string[]): ReadonlySet<number> {
  const own = new Set<number>();
  let isPassedOn = false;
  let endAt = -1;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (uvsOutput.test(line)) break;
    // The end of an output whose beginning was too long ago to be known.
    if (at !== endAt && endOfOutput.test(line)) {
      own.clear();
      continue;
    }
    isPassedOn = isPassedOn ? !passedOnTo.test(line) : passedOnFrom.test(line);
    if (isPassedOn) continue;
    own.add(at);
    at += Number(/\[(\d{1,7}) lines? of output\]/.exec(line)?.[1] ?? 0);
    endAt = at + 1;
  }
  return own;
}

const endOfOutput = /^[\s│]*\[end of output\]\s*$/;
const uvsOutput = /^[\s│]*(?:\[std(?:out|err)\]|--- std(?:out|err):)\s*$/;

/**
 * With -v pip passes the output on as it comes. pip-witness.py counts it all the same; in the log that pipx keeps only pip's own
 * lines around it tell where it stands. A repository is fetched in the same words, also without -v.
 */
const passedOnFrom = /^ *Running command (?!(?:git|hg|svn|bzr) )/;
const passedOnTo =
  /^ *(?:error: )?subprocess-exited-with-error *$|: finished with status '|\.\.\. (?:done|error)$/;
