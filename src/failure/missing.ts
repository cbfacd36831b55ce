import type { Missing } from '../types.ts';
import { headers, type Rule, rules } from './rules.ts';
import { rulesInProse } from './rules-in-prose.ts';
import { rulesOfCmake, statusOfCmake } from './rules-of-cmake.ts';
import { rulesOfStarting } from './rules-of-starting.ts';

/** Everything that a text says is missing, what it says last first, each once. */
export function missingIn(text: string): Missing[] {
  const found = [
    ...read([...rules, ...rulesOfCmake, ...rulesOfStarting], text),
    ...read([...rulesInProse, ...statusOfCmake], text).map((one) => ({ ...one, loose: true as const })),
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
      const several = names === undefined ? [name ?? as ?? ''] : names.split(/,| and |\s+/);
      for (const one of several)
        if (new RegExp(`^${headers}$`).test(one) && one.length <= longest)
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

/** No header and no program has a longer name. */
const longest = 100;
