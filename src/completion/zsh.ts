import { quote } from '../system/quote.ts';
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
	_arguments -C -s -S -A '-*' ${[...optionSpecs(command), "'1: :->command'", "'*:: :->rest'"].join(' \\\n\t\t')} && ret=0
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
  const positionals = command.positionals.map(({ values, many }, index) => {
    if (values.kind === 'command-line') return quote('*:: :_normal');
    const what = values.kind === 'after' ? `{${functionName(command)}_value}` : action(values);
    return quote(`${many ? '*:' : `${index + 1}::`} :${what}`);
  });
  return `${afterFirst(command)}${functionName(command)}() {
	_arguments -s ${[...optionSpecs(command), ...positionals].join(' \\\n\t\t')}
}
`;
}

/** The function for an argument that depends on the first one. */
function afterFirst(command: CommandGrammar): string {
  const values = command.positionals
    .map((positional) => positional.values)
    .find(({ kind }) => kind === 'after');
  if (values?.kind !== 'after') return '';
  const arms = Object.entries(values.words).map(
    ([word, words]) => `\t\t${word}) compadd -- ${words.join(' ')} && return ;;\n`,
  );
  return `${functionName(command)}_value() {
	local word
	for word in $words[2,CURRENT-1]; do
		case $word in
${arms.join('')}		esac
	done
	return 1
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
  return { directory: '_files -/', 'command-line': '_normal', after: '', anything: '' }[values.kind];
}

function functionName({ path }: CommandGrammar): string {
  return ['_pip-detour', ...path].join('_').replaceAll(/^_pip-detour$/g, '_pip-detour_main');
}

function escapeColon(text: string): string {
  return text.replaceAll(':', '\\:');
}
