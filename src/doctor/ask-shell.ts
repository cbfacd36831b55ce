import type { Shell } from '../setup/shells.ts';
import { succeeded } from '../system/ending.ts';
import { run } from '../system/process.ts';

/** How a shell is started: as a new terminal does, or as ssh, tmux and macOS' terminals do. */
export type Mode = 'interactive' | 'login';

/** What a shell says of the command `pip`, once it has read its rc files. */
export interface Answer {
  /** What typing `pip` would run. */
  readonly kind: 'file' | 'function' | 'our-function' | 'alias' | 'nothing';
  /** The text of an alias. */
  readonly alias: string;
  /** The first `pip` on its PATH; empty when there is none. */
  readonly file: string;
  readonly path: string;
  /** The functions of our hook are there. */
  readonly hook: boolean;
  /** Whether Tab completes commands that came with a file for it: in zsh something must have run compinit (zshcompsys(1)). */
  readonly completes: boolean;
  /** An environment that its rc files have activated; empty when there is none. */
  readonly virtualEnv: string;
}

/** Before what is meant for us: rc files may print anything. */
const sign = 'pip-detour asks:';

const questions: Record<Shell, string> = {
  bash: `builtin printf '\\n%s\\n' '${sign}' "kind=$(builtin type -t pip)" "file=$(builtin type -P pip)" "alias=\${BASH_ALIASES[pip]-}" "path=$PATH" "venv=\${VIRTUAL_ENV-}"
case $(builtin declare -f pip) in *_pip_detour_*) builtin echo ours= ;; esac
if builtin declare -F _pip_detour_prompt >/dev/null; then builtin echo hook=; fi`,
  zsh: `kind=$(builtin whence -w pip)
builtin print -r -- $'\\n'${`'${sign}'`}
builtin print -rl -- "kind=\${kind##*: }" "file=$(builtin whence -p pip)" "alias=\${aliases[pip]-}" "path=$PATH" "venv=\${VIRTUAL_ENV-}"
case \${functions[pip]-} in *_pip_detour_*) builtin print ours= ;; esac
if (( \${+functions[_pip_detour_prompt]} )); then builtin print hook=; fi
if (( ! \${+functions[compdef]} )); then builtin print no-completion=; fi`,
  fish: `builtin printf '\\n%s\\n' '${sign}' kind=(builtin type -t pip 2>/dev/null) file=(builtin command -s pip) "path="(builtin string join : $PATH) "venv=$VIRTUAL_ENV"
if builtin functions -q pip; and builtin functions pip | builtin string match -q '*_pip_detour_*'; builtin echo ours=; end
if builtin functions -q _pip_detour_prompt; builtin echo hook=; end`,
};

const flags: Record<Mode, readonly string[]> = { interactive: ['-i'], login: ['-i', '-l'] };

/** How long the rc files of a shell may take, in ms. */
const patience = 10_000;

/**
 * Starts the shell as a terminal would and asks it; undefined when it does not come to answering. It gets a session of
 * its own: an interactive shell would otherwise take the terminal from us.
 */
export async function askShell(
  shell: Shell,
  executable: string,
  mode: Mode,
  variables: Readonly<Record<string, string>>,
  home: string,
): Promise<Answer | undefined> {
  const chunks: Buffer[] = [];
  try {
    const ending = await run(executable, [...flags[mode], '-c', questions[shell]], {
      cwd: home,
      env: variables,
      stdin: 'ignore',
      timeout: patience,
      ownSession: true,
      onStdout: (chunk) => chunks.push(chunk),
      onStderr: () => {},
    });
    const text = Buffer.concat(chunks).toString('utf8').split(`\n${sign}\n`)[1];
    return text === undefined || !succeeded(ending) ? undefined : answerIn(text);
  } catch {
    return undefined;
  }
}

function answerIn(text: string): Answer {
  const said = new Map(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const value = (name: string) => said.get(name) ?? '';
  return {
    kind: value('kind') === 'function' && said.has('ours') ? 'our-function' : kindOf(value('kind')),
    alias: value('alias'),
    file: value('file'),
    path: value('path'),
    hook: said.has('hook'),
    completes: !said.has('no-completion'),
    virtualEnv: value('venv'),
  };
}

function kindOf(word: string): Answer['kind'] {
  if (word === 'alias' || word === 'function') return word;
  // zsh says `command`, or `hashed`, for a file.
  return word === '' || word === 'none' ? 'nothing' : 'file';
}
