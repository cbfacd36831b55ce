import type { Missing } from '../types.ts';
import { headers, rules } from './rules.ts';

/** Everything that a text says is missing, what it says last first, each once. */
export function missingIn(text: string): Missing[] {
  const found: (Missing & { readonly at: number })[] = [];
  for (const { kind, pattern, as, by } of rules)
    for (const match of text.matchAll(pattern)) {
      const { name = as, names } = match.groups ?? {};
      const several = names === undefined ? [name ?? as ?? ''] : names.split(/,| and |\s+/);
      for (const one of several)
        if (new RegExp(`^${headers}$`).test(one) && one.length <= longest)
          found.push({ kind, name: one, at: match.index, ...(by === undefined ? {} : { by }) });
    }
  const sorted = found.sort((a, b) => rank(a) - rank(b) || b.at - a.at);
  const first = new Map(sorted.map((one) => [`${one.kind} ${one.name}`, one] as const).reverse());
  return sorted.filter((one) => first.get(`${one.kind} ${one.name}`) === one);
}

/** Without pkg-config whatever is asked of it is not found, and is named after it all the same. What a build advises may be old. */
function rank({ kind, name }: Missing): number {
  if (kind === 'package') return 2;
  return kind === 'program' && /^pkg-?conf/.test(name) ? 0 : 1;
}

/** No header and no program has a longer name. */
const longest = 100;
