import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unattended } from '../flow/attendance.ts';
import { readCommand } from '../pip/read.ts';
import { isExecutable } from '../pip/shebang.ts';
import { succeeded } from '../system/ending.ts';
import { DetourError } from '../system/errors.ts';
import { run } from '../system/process.ts';
import { printable, quoteAll } from '../system/quote.ts';
import { readEnvironment } from '../system/variables.ts';
import type { Ending } from '../types.ts';
import { demoPackage, type Stage } from './stage.ts';

/** How the demonstration ended: as the command that mattered did. */
export async function show(stage: Stage, say: (line: string) => void): Promise<Ending> {
  const install = [stage.pip, 'install', demoPackage];
  say('A demonstration in a temporary directory: nothing of yours is changed, and no network is used.');
  if (stage.made)
    say(
      'No Python here is externally managed, so an externally managed one was made for this demonstration only.',
    );
  say('');
  say('Without pip-detour, the real pip refuses:');
  await refusal(stage, install, say);

  say('');
  const nobody = whyNobody(stage);
  const decided: Record<string, string> = nobody === undefined ? {} : { PIP_DETOUR: 'venv' };
  if (nobody === undefined) say('With pip-detour, it asks. Choose with the arrow keys and Enter:');
  else say(`With pip-detour, it would ask; here ${nobody}, so PIP_DETOUR answers in advance:`);
  typed(say, install, decided);
  const bash = nobody === undefined ? programIn(stage.env['PATH'] ?? '', 'bash') : undefined;
  const options = { cwd: stage.project, env: { ...stage.env, ...decided } };
  const ending = await (bash === undefined
    ? run(join(stage.shims, stage.pip), install.slice(1), options)
    : run(
        bash,
        ['--noprofile', '--norc', '-i', '-c', inShell, bash, hookOf(stage), quoteAll(install)],
        options,
      ));

  say('');
  const python = '.venv/bin/python';
  if (!existsSync(join(stage.project, python))) {
    say('Nothing was installed. Everything temporary is removed again.');
    return ending;
  }
  const used = bash === undefined ? await importedByPath(stage, python, say) : ending;
  if (succeeded(ending) && succeeded(used))
    say('That is all there is to it. Everything temporary is removed again.');
  return succeeded(ending) ? used : ending;
}

const program = 'import demo_package; print(demo_package.__version__)';

/**
 * What a terminal with the hook does, for real: `$1` is the hook, `$2` the line, and what comes before each prompt is done
 * before it and after it. What was installed is used on the next prompt, as that shell shows it; by its path where the
 * person did not want their shell in the environment.
 */
const inShell = `trap 'exit 130' INT; . "$1"; PS1='$ '
prompt='for each in "\${PROMPT_COMMAND[@]}"; do eval "$each"; done'
eval "$prompt"
eval "$2" || exit
eval "$prompt"
if [ -n "\${VIRTUAL_ENV-}" ]; then
	set -- python
	printf '\\nThis terminal is in the environment now, as your own would be. The package is there:\\n'
else
	set -- .venv/bin/python
	printf '\\nThe package is in the environment of this directory, and can be imported there:\\n'
fi
printf "%s%s -c '%s'\\n" "$PS1" "$1" '${program}'
"$1" -c '${program}'`;

function hookOf(stage: Stage): string {
  return join(dirname(stage.shims), 'hook.bash');
}

function programIn(path: string, name: string): string | undefined {
  return path
    .split(':')
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

async function importedByPath(stage: Stage, python: string, say: (line: string) => void): Promise<Ending> {
  say('The package is in the environment of this directory, and can be imported there:');
  const args = ['-c', program];
  typed(say, [python, ...args]);
  const used = await run(join(stage.project, python), args, { cwd: stage.project, env: stage.env });
  say('');
  return used;
}

/** Only the first line of pip's refusal: the rest is a screenful that everybody who is here has read. */
async function refusal(stage: Stage, install: readonly string[], say: (line: string) => void): Promise<void> {
  const off = { PIP_DETOUR: 'off' };
  typed(say, install, off);
  const chunks: Buffer[] = [];
  const ending = await run(join(stage.shims, stage.pip), install.slice(1), {
    cwd: stage.project,
    env: { ...stage.env, ...off },
    onStderr: (chunk) => chunks.push(chunk),
  });
  const line = Buffer.concat(chunks)
    .toString('utf8')
    .split('\n')
    .find((text) => text.includes('externally-managed-environment'));
  if (line === undefined || succeeded(ending))
    throw new DetourError(
      'not-refused',
      `${stage.pip} did not refuse, so there is nothing to show`,
      'to see why, type: pip-detour explain -- pip install requests',
    );
  say(printable(line.trim()));
  say('…');
}

function whyNobody(stage: Stage): string | undefined {
  const environment = readEnvironment(stage.env);
  const { command } = readCommand(['install', demoPackage], stage.pip, environment);
  return unattended(environment, command);
}

/** A command as a person would type it. */
function typed(
  say: (line: string) => void,
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): void {
  const before = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  say(`$ ${[...before, quoteAll(words)].join(' ')}`);
}
