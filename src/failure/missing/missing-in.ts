import type { Missing } from '../../types.ts';
import { rulesOfAdvice } from './advice.ts';
import { rulesOfBuildTools } from './build-tools.ts';
import { rulesOfCmake, statusOfCmake } from './cmake.ts';
import { rulesOfCompilers } from './compilers.ts';
import { looseSentences } from './loose-sentences.ts';
import { rulesOfPkgConfig } from './pkg-config.ts';
import { path, type Rule } from './rule.ts';
import { rulesOfSentences } from './sentences.ts';
import { rulesOfStarting } from './starting.ts';

/** Who says it, a table each; each row stands for one way of saying it. */
const certain: readonly Rule[] = [
  ...rulesOfCompilers,
  ...rulesOfPkgConfig,
  ...rulesOfBuildTools,
  ...rulesOfSentences,
  ...rulesOfAdvice,
  ...rulesOfCmake,
  ...rulesOfStarting,
];

/** What these name may be nothing's name, or something that the build can do without. */
const loose: readonly Rule[] = [...looseSentences, ...statusOfCmake];

/** Everything that a text says is missing, each once: by rank, and what it says last first. */
export function missingIn(text: string): Missing[] {
  const found = [
    ...read(certain, text),
    ...read(loose, text).map((one) => ({ ...one, loose: true as const })),
  ];
  const sorted = found.sort((a, b) => rank(a) - rank(b) || b.at - a.at);
  const first = new Map(sorted.map((one) => [`${one.kind} ${one.name}`, one] as const).reverse());
  return sorted.filter((one) => first.get(`${one.kind} ${one.name}`) === one);
}

function read(from: readonly Rule[], text: string): (Missing & { readonly at: number })[] {
  const found: (Missing & { readonly at: number })[] = [];
  for (const { kind, pattern, as, by, inLowerCase } of from)
    for (const match of text.matchAll(pattern)) {
      const { name = as, names } = match.groups ?? {};
      const several = names === undefined ? [name ?? ''] : names.split(/,| and |\s+/);
      for (const one of several)
        if (isPath.test(one) && one.length <= longest)
          found.push({
            kind,
            name: inLowerCase === true ? one.toLowerCase() : one,
            at: match.index,
            ...(by === undefined ? {} : { by }),
          });
    }
  return found;
}

/** Without pkg-config whatever is asked of it is not found, and is named after it all the same. What a build advises may be old. */
function rank({ kind, name, loose }: Missing): number {
  if (kind === 'package') return 3;
  if (kind === 'program' && /^pkg-?conf/.test(name)) return 0;
  return loose === true ? 2 : 1;
}

const isPath = new RegExp(`^${path}$`);

/** No header and no program has a longer name. */
const longest = 100;
