import { answerFor } from '../../detours/shared/index-answers.ts';
import { normalizeName } from '../../pip/requirement.ts';
import type { Cause, Failed, Situation } from '../../types.ts';
import { forWhom } from './other-files.ts';

/** What the words of one program leave open and the rest of what is known here tells. */
export function asKnownHere(
  cause: Cause | undefined,
  by: Failed['by'],
  situation: Situation,
): Cause | undefined {
  if (
    cause?.kind === 'certificates' ||
    cause?.kind === 'proxy' ||
    cause?.kind === 'no-network' ||
    cause?.kind === 'broken-off'
  )
    // Another may have uv install. pixi, which is made of the same parts and speaks as uv does, has settings of its own.
    return { ...cause, by: by === 'pixi' ? by : (cause.by ?? by) };
  if (cause?.kind === 'other-files')
    return forWhom(cause, {
      python: situation.interpreter?.version,
      platform: process.platform,
      arch: process.arch,
    });
  const minor = Number(situation.interpreter?.version.split('.')[1]);
  // Debian keeps these apart as long as Python has them.
  if (cause?.kind === 'too-old-source' && minor < 12 && ['distutils', 'lib2to3'].includes(cause.module ?? ''))
    return { kind: 'missing', missing: [{ kind: 'module', name: cause.module ?? '' }] };
  // No setuptools below 58 runs with a Python from 3.12 on.
  if (cause?.kind === 'wants-older' && cause.name === 'setuptools' && minor >= 12)
    return { kind: 'too-old-source' };
  if (cause?.kind !== 'no-version' && (cause?.kind !== 'no-such-name' || cause.certain)) return cause;
  const { name } = cause;
  const known = normalizeName(name);
  const answer = answerFor(situation, known);
  const newest = answer?.kind === 'version' ? answer.version : undefined;
  if (cause.kind === 'no-version')
    return cause.nearest === '' && newest !== undefined ? { ...cause, nearest: newest } : cause;
  const wanted = situation.command.requirements.find((one) => one.name === known)?.specifier;
  return wanted === undefined ? cause : { kind: 'no-version', name, wanted, nearest: newest ?? '' };
}
