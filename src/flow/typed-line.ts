import { basename } from 'node:path';
import { firstWord } from '../system/quote.ts';

/** Words before a command that change nothing of which pip it is. */
const before = /^(?:command|time|env|nice|noglob|nocorrect|-p|[A-Za-z_]\w*=.*)$/;

/**
 * The arguments of every pip in a line that somebody typed in a shell, as far as the line alone tells them: a command
 * with a variable or a substitution in it is left out.
 */
export function pipsIn(line: string): readonly (readonly string[])[] {
  return commandsIn(line).flatMap((words) => {
    const from = words.findIndex((word) => !before.test(word));
    const [program = '', ...args] = words.slice(Math.max(from, 0));
    if (/^pip3?(\.\d+)?$/.test(basename(program))) return [args];
    if (!/^python3?(\.\d+)?$/.test(basename(program))) return [];
    const at = args.findIndex((word) => !/^-[BEIOPbdsuv]+$/.test(word));
    return args[at] === '-m' && args[at + 1] === 'pip' ? [args.slice(at + 2)] : [];
  });
}

function commandsIn(line: string): string[][] {
  const commands: string[][] = [[]];
  let isKnown = true;
  let rest = line;
  const end = () => {
    if (!isKnown) commands.pop();
    commands.push([]);
    isKnown = true;
  };
  for (;;) {
    rest = rest.replace(/^[^\S\n]+/, '');
    if (rest === '') break;
    const redirection = /^(?:\d*(?:>>?|<)|&>>?)&?[^\S\n]*[^\s;&|()]*/.exec(rest)?.[0];
    const separator = redirection ?? /^[;&|(){}\n]+/.exec(rest)?.[0];
    const found = separator === undefined ? wordOf(rest) : undefined;
    if (separator !== undefined) {
      if (redirection === undefined) end();
    } else if (found === undefined)
      // What it is, is known to the shell alone.
      isKnown = false;
    else commands.at(-1)?.push(found.word);
    rest = rest.slice(separator?.length ?? found?.length ?? (/^[^\s;&|]+/.exec(rest)?.[0].length || 1));
  }
  end();
  return commands;
}

/** The first word, which an operator ends as well as a blank does. */
function wordOf(text: string): { readonly word: string; readonly length: number } | undefined {
  const bare = /^[^\s'"\\$`<>&|;()]+(?=[<>&|])/.exec(text)?.[0];
  return bare === undefined ? firstWord(text) : { word: bare, length: bare.length };
}
