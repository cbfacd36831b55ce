import { type CommandGrammar, everyCommand, type Values } from './grammar.ts';

/**
 * The completion for bash, 3.2 (macOS) included, with or without the package bash-completion. Registered with
 * `-o dirnames`: readline completes directories itself where no words are offered, which quotes them rightly.
 */
export function bashCompletion(root: CommandGrammar): string {
  const commands = everyCommand(root);
  return `# bash completion for pip-detour, made from the program's own help. Read at the first Tab.

# Each sets _pip_detour_words: words, or / for directories, or $ for a command line.

# The options of the command $1, written as its words with a / before each.
_pip_detour_options() {
	case $1 in
${commands.map((command) => arm(key(command), longOptions(command).join(' '))).join('')}	esac
}

# What may come after the command $1 and $2 arguments of its own, of which $3 is the first.
_pip_detour_arguments() {
	case $1:$2:$3 in
${commands.flatMap(argumentArms).join('')}	esac
}

# What may come after the option $2 of the command $1; false when nothing does.
_pip_detour_values() {
	case $1:$2 in
${commands.flatMap(valueArms).join('')}	*) return 1 ;;
	esac
}

# True when $2 is a command within the command $1.
_pip_detour_leads() {
	case $1/$2 in
	${commands
    .slice(1)
    .map((command) => key(command))
    .join(' | ')}) return 0 ;;
	*) return 1 ;;
	esac
}

_pip_detour() {
	local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} at='' option='' given=0 first='' ended='' word index
	local _pip_detour_words=''
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index += 1)); do
		word=\${COMP_WORDS[index]}
		if [[ $word == = ]]; then
			# bash has cut --shell=zsh into three words.
			continue
		elif [[ -n $option ]]; then
			option=''
		elif [[ $word == -- ]]; then
			ended=1
		elif [[ -z $ended && $word == -* ]]; then
			if _pip_detour_values "$at" "$word"; then option=$word; fi
		elif [[ -z $ended && $given == 0 ]] && _pip_detour_leads "$at" "$word"; then
			at=$at/$word
		else
			if [[ $given == 0 ]]; then first=$word; fi
			given=$((given + 1))
		fi
	done
	_pip_detour_words=''
	if [[ $current == = ]]; then current=''; fi
	if [[ -n $option ]]; then
		_pip_detour_values "$at" "$option"
	elif [[ -z $ended && $current == -* ]]; then
		_pip_detour_options "$at"
	else
		_pip_detour_arguments "$at" "$given" "$first"
	fi
	case $_pip_detour_words in
	/) ;;
	$) if type compopt >/dev/null 2>&1; then compopt -o default; fi ;;
	*)
		if type compopt >/dev/null 2>&1; then compopt +o dirnames; fi
		while IFS='' read -r word; do
			COMPREPLY+=("$word")
		done < <(compgen -W "$_pip_detour_words" -- "$current")
		;;
	esac
}

complete -o dirnames -F _pip_detour pip-detour
`;
}

/** `/choices/move`; empty for the root. */
function key({ path }: CommandGrammar): string {
  return path.map((word) => `/${word}`).join('');
}

function longOptions({ options }: CommandGrammar): readonly string[] {
  return options.map(({ names }) => names[0] ?? '');
}

function argumentArms(command: CommandGrammar): readonly string[] {
  const names = command.commands.map(({ path }) => path.at(-1));
  const first = names.length === 0 ? [] : [arm(`${key(command)}:0:`, names.join(' '))];
  const rest = command.positionals.flatMap(({ values, many }, index) => {
    const place = `${key(command)}:${many ? '*' : index}`;
    if (values.kind !== 'after') return [arm(`${place}:*`, wordsOf(values))];
    return Object.entries(values.words).map(([word, words]) => arm(`${place}:${word}`, words.join(' ')));
  });
  return [...first, ...rest];
}

function valueArms(command: CommandGrammar): readonly string[] {
  return command.options.flatMap(({ names, values }) =>
    values === undefined ? [] : names.map((name) => arm(`${key(command)}:${name}`, wordsOf(values))),
  );
}

function arm(pattern: string, words: string): string {
  return `\t${pattern === '' ? "''" : pattern}) _pip_detour_words='${words}' ;;\n`;
}

function wordsOf(values: Values): string {
  if (values.kind === 'words') return values.words.join(' ');
  return { directory: '/', 'command-line': '$', after: '', anything: '' }[values.kind];
}
