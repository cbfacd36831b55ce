import type { Cause, Missing } from '../../types.ts';
import { withoutOptional } from '../missing/cmake-optional.ts';
import { missingIn } from '../missing/missing-in.ts';
import { notImported } from './imported.ts';
import { otherAge } from './other-age.ts';
import { answeredByNobody, compilerFailed, nvccLacking, oldSource } from './signs.ts';
import { unfitTool } from './unfit-tool.ts';

/**
 * What a build that ended badly says: what it lacks, or what it was not made for. Words that mean one thing only come first; of
 * what may be missing the last word counts, for a build goes on after what it can do without; signs come last.
 */
export function ofTheBuild(all: string): Cause | undefined {
  const text = withoutOptional(all);
  const plain = plainly(text) ?? unfitTool(text);
  if (plain !== undefined) return plain;
  const missing = missingIn(text);
  return (
    saidLast(text, missing) ??
    signOf(text, missing) ??
    (missing.length > 0 ? { kind: 'missing', missing } : undefined)
  );
}

function plainly(text: string): Cause | undefined {
  if (/^error: externally-managed-environment$/m.test(text)) return { kind: 'refused-inside' };
  if (/^\/\S+\/python[\d.]*: No module named pip$/m.test(text)) return { kind: 'wants-pip' };
  const another =
    /(\S+\.(?:cpython|pypy|abi)[\w-]*\.so): undefined symbol: _?Py\w+|ImportError: (\S+\.so): undefined symbol: _?Py/.exec(
      text,
    );
  if (another !== null) return { kind: 'built-for-another', file: another[1] ?? another[2] ?? '' };
  return /^\S+: [^\n]*\bKilled\b[^\n]*\bcc1(?:plus)?\b/m.test(text) ? { kind: 'no-memory' } : undefined;
}

/** A module, NVIDIA's compiler or a library of another age, after which nothing else was found missing. */
function saidLast(text: string, missing: readonly Missing[]): Cause | undefined {
  const isLast = (said: Place) => !missing.some((one) => isLater(one, said));
  const imported = [...text.matchAll(/ModuleNotFoundError: No module named '(\w+)(?:\.[\w.]*)?'/g)].at(-1);
  const module = imported !== undefined && isLast({ at: imported.index }) ? imported[1] : undefined;
  const nvcc = module === undefined ? nvccLacking(text) : undefined;
  if (nvcc !== undefined && isLast(nvcc)) return { kind: 'wants-cuda' };
  const age = otherAge(text);
  if (age !== undefined && isLast(age)) {
    const { at: _, ...cause } = age;
    return cause;
  }
  // numpy is there, and has it no more: from Python 3.12 on.
  if (/No module named 'numpy\.distutils/.test(text) && !missing.some(isCertain))
    return { kind: 'too-old-source' };
  return module === undefined ? undefined : notImported(module);
}

/** What its output shows where nothing is missing for certain. */
function signOf(text: string, missing: readonly Missing[]): Cause | undefined {
  if (missing.some(isCertain)) return undefined;
  if (answeredByNobody.test(text)) return { kind: 'build-fetches' };
  if (oldSource.test(text)) return { kind: 'too-old-source' };
  // A compiler that came to run had what a sentence before it speaks of.
  const onlySentences = missing.every(({ loose }) => loose === true);
  return onlySentences && compilerFailed(text) ? { kind: 'does-not-compile' } : undefined;
}

/** What a build tells people in sentences, or to type, may be for another failure than this. */
function isCertain({ kind, loose }: Missing): boolean {
  return kind !== 'package' && loose !== true;
}

/** Where something is said, and of what. */
interface Place {
  readonly at: number;
  readonly name?: string;
}

/** What was found missing after that, and is no other word for it. */
function isLater(one: Missing, { at, name }: Place): boolean {
  return isCertain(one) && (one.at ?? 0) > at && one.name.toLowerCase() !== name?.toLowerCase();
}
