import { quote } from '../quote.ts';
import { type CommandGrammar, everyCommand, type OptionGrammar, type Values } from './grammar.ts';

/** The completion for zsh: one function for each command, in a file that is read at the first Tab (autoload). */
export function zshCompletion(root: CommandGrammar): string {
  const functions = everyCommand(root).map((command) =>
    command.commands.length > 0 ? family(command) : single(command),
  );
  return `#compdef pip-detour
# zsh completion for pip-detour, made from the program's own help.

${functions.join('\n')}
${functionName(root)} "$@"
`;
}

/** A command with commands within it. */
function family(command: CommandGrammar): string {
  const names = command.commands.map(
    ({ path, describe }) => `\t\t\t${quote(`${escapeColon(path.at(-1) ?? '')}:${describe}`)}`,
  );
  const leads = command.commands.map((within) => `\t\t${within.path.at(-1)}) ${functionName(within)} ;;`);
  return `${functionName(command)}() {
	local curcontext=$curcontext ret=1
	local -a state line commands
	_arguments -C -s -S ${[...optionSpecs(command), "'1: :->command'", "'*:: :->rest'"].join(' \\\n\t\t')} && ret=0
	case $state in
	command)
		commands=(
${names.join('\n')}
		)
		_describe -t commands command commands && ret=0
		;;
	rest)
		case $words[1] in
${leads.join('\n')}
		esac && ret=0
		;;
	esac
	return ret
}
`;
}

function single(command: CommandGrammar): string {
  const positionals = command.positionals.map(({ values, many }, index) =>
    quote(values.kind === 'command-line' ? '*:: :_normal' : `${many ? '*' : index + 1}:: :${action(values)}`),
  );
  return `${functionName(command)}() {
	_arguments -s ${[...optionSpecs(command), ...positionals].join(' \\\n\t\t')}
}
`;
}

function optionSpecs({ options }: CommandGrammar): readonly string[] {
  return options.flatMap((option) => option.names.map((name) => quote(optionSpec(name, option))));
}

/** `(-h --help)--help[Show help]`: none is offered twice, whichever of its names was typed. */
function optionSpec(name: string, { names, describe, values }: OptionGrammar): string {
  const text = describe.replaceAll(/[\\[\]:]/g, (sign) => `\\${sign}`);
  const value = values === undefined ? '' : `: :${action(values)}`;
  return `(${names.join(' ')})${name}${values === undefined ? '' : name.startsWith('--') ? '=' : '+'}[${text}]${value}`;
}

function action(values: Values): string {
  if (values.kind === 'words') return `(${values.words.join(' ')})`;
  return { directory: '_files -/', 'command-line': '_normal', anything: '' }[values.kind];
}

function functionName({ path }: CommandGrammar): string {
  return ['_pip-detour', ...path].join('_').replaceAll(/^_pip-detour$/g, '_pip-detour_main');
}

function escapeColon(text: string): string {
  return text.replaceAll(':', '\\:');
}
