/** What can go wrong, as the code words it: every `new DetourError(reference, message, hint)` of these sources. */
export interface Message {
  readonly reference: string;
  /** `…` stands for what is put in: a path, a name. Two wordings of one error stand with a stroke between them. */
  readonly says: string;
  readonly hint: string;
}

/** The errors of all sources, each wording once, by reference. */
export function messagesIn(sources: readonly string[]): readonly Message[] {
  const found = sources.flatMap((text) =>
    [...text.matchAll(/new DetourError\(/g)].map((call) => {
      const [reference = '', says = '', hint = ''] = argumentsFrom(text, call.index + call[0].length);
      return { reference, says, hint };
    }),
  );
  const rows = new Map(
    found.flatMap((row) => variants(row).map((one) => [JSON.stringify(one), one] as const)),
  );
  return [...rows.values()].sort((a, b) =>
    a.reference < b.reference ? -1 : a.reference > b.reference ? 1 : 0,
  );
}

/** One row for each reference that an expression may come to. */
function variants({ reference, says, hint }: Message): readonly Message[] {
  return literals(reference)
    .filter((one) => /^[a-z-]+$/.test(one))
    .map((one) => ({
      reference: one,
      says: literals(says).join(' / '),
      hint: literals(hint).join(' / '),
    }));
}

/** The arguments of a call, as they are written, from behind its opening parenthesis. */
function argumentsFrom(text: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/['"`]/.test(character)) at = endOfLiteral(text, at);
    else if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character) && depth > 0) depth -= 1;
    else if ((character === ',' || character === ')') && depth === 0) {
      found.push(text.slice(from, at));
      if (character === ')') return found;
      from = at + 1;
    }
  }
  return found;
}

/** The place of the quote that ends the literal beginning here. */
function endOfLiteral(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
    else if (quote === '`' && text.startsWith('${', at)) at = endOfPlaceholder(text, at + 2);
  }
  return text.length;
}

/** The place of the brace that ends the placeholder whose inside begins here. */
function endOfPlaceholder(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/['"`]/.test(character)) at = endOfLiteral(text, at);
    else if (character === '{') depth += 1;
    else if (character === '}' && depth === 0) return at;
    else if (character === '}') depth -= 1;
  }
  return text.length;
}

/** What an expression may say: its literals, without those it only compares with; `…` where it is known later only. */
function literals(expression: string): string[] {
  const words = /^\s*quoteAll\(\[([^\]]*)/.exec(expression)?.[1];
  if (words !== undefined) return [literals(words).join(' ')];
  const found: string[] = [];
  for (let at = 0; at < expression.length; at += 1) {
    if (!/['"`]/.test(expression[at] ?? '')) continue;
    const end = endOfLiteral(expression, at);
    if (!/[=!]== ?$|[(]$/.test(expression.slice(0, at)) || expression.slice(0, at).endsWith('printable('))
      found.push(plain(expression.slice(at + 1, end)));
    at = end;
  }
  const said = found.filter((text) => /[a-z]/i.test(text));
  return said.length > 0 || expression.trim() === '' ? said : ['…'];
}

/** A literal's inside as it is read, with `…` for each placeholder. */
function plain(inside: string): string {
  let text = '';
  for (let at = 0; at < inside.length; at += 1) {
    if (inside.startsWith('${', at)) {
      at = endOfPlaceholder(inside, at + 2);
      text += '…';
    } else if (inside[at] === '\\') {
      at += 1;
      text += inside[at] ?? '';
    } else text += inside[at] ?? '';
  }
  return text;
}
