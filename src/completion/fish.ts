import { quoteFish } from '../system/quote.ts';
import { type CommandGrammar, everyCommand, type OptionGrammar, type Values } from './grammar.ts';

/** The completion for fish 3 and 4, which reads the file itself at the first Tab after `pip-detour`. */
export function fishCompletion(root: CommandGrammar): string {
  const commands = everyCommand(root);
  const names = commands.slice(1).map(({ path }) => path.join('/'));
  const withValue = commands.flatMap(({ options }) =>
    options.flatMap(({ names: typed, values }) => (values === undefined ? [] : typed)),
  );
  return `# fish completion for pip-detour, made from the program's own help.

# Prints the command the cursor is in, its words joined by /, how many arguments of its own stand before the cursor, and
# the first of them.
function __pip_detour_position
    set -l at
    set -l given 0
    set -l first
    set -l skip
    for word in (commandline -opc)[2..]
        if set -q skip[1]
            set skip
        else if contains -- $word ${withValue.join(' ')}
            set skip yes
        else if test "$word" = --
            echo (string join / $at)
            echo ended
            return
        else if string match -q -- '-*' $word
            continue
        else if test $given = 0; and contains -- (string join / $at $word) ${names.join(' ')}
            set -a at $word
        else
            test $given = 0; and set first $word
            set given (math $given + 1)
        end
    end
    echo (string join / $at)
    echo $given
    echo $first
end

# True in the command $argv[1]; when $argv[2] is given, before its argument of that number (counted from 0, * for any);
# when $argv[3] is given, after it as the first argument.
function __pip_detour_in
    set -l position (__pip_detour_position)
    test "$position[1]" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    test "$argv[2]" = '*'; or test "$position[2]" = "$argv[2]"; or return 1
    set -q argv[3]; or return 0
    test "$position[3]" = "$argv[3]"
end

complete -c pip-detour -f
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CommandGrammar): readonly string[] {
  const here = command.path.join('/');
  const names = command.commands.map(({ path, describe }) =>
    complete(`__pip_detour_in '${here}' 0`, `-a ${path.at(-1)} ${described(describe)}`),
  );
  const rest = command.positionals.flatMap(({ values, many }, index) => {
    const place = `__pip_detour_in '${here}' ${many ? "'*'" : index}`;
    if (values.kind !== 'after') return [complete(place, offered(values))];
    return Object.entries(values.words).map(([word, words]) =>
      complete(`${place} ${word}`, offered({ kind: 'words', words })),
    );
  });
  const options = command.options.map((option) =>
    complete(`__pip_detour_in '${here}'`, `${typed(option)} ${described(option.describe)}`),
  );
  return [...names, ...rest, ...options].filter((line) => line !== '');
}

function complete(condition: string, what: string): string {
  return what === '' ? '' : `complete -c pip-detour -n ${quoteFish(condition)} ${what}`;
}

function typed({ names, values }: OptionGrammar): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  if (values === undefined) return flags.join(' ');
  return [...flags, '-x', offered(values)].filter((part) => part !== '').join(' ');
}

function offered(values: Values): string {
  if (values.kind === 'words') return `-a ${quoteFish(values.words.join(' '))}`;
  return {
    directory: `-a '(__fish_complete_directories)'`,
    'command-line': `-a '(__fish_complete_subcommand)'`,
    after: '',
    anything: '',
  }[values.kind];
}

function described(text: string): string {
  return `-d ${quoteFish(text)}`;
}
