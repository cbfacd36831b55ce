import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isatty } from 'node:tty';
import { upgradesPip } from '../detours/shared/own-pip.ts';
import { managerHere } from '../detours/system-package/managers/index.ts';
import { whyNotFromAbove } from '../memory/recall.ts';
import { interpreterAt } from '../pip/interpreter.ts';
import { hintFor } from '../place/kinds.ts';
import { managerOf } from '../place/platform.ts';
import { lookWhere } from '../place/where.ts';
import { maskedWords, stars } from '../system/mask.ts';
import { statusOf } from '../system/process-status.ts';
import { printable, shortPath, shownLine } from '../system/quote.ts';
import type { Interpreter, NotTaken } from '../types.ts';
import type { Invocation } from './invocation.ts';

/** The one line that follows a refusal where nobody can be asked: what helps most in this place. */
export function hint(why: string, call: Invocation, known: NotTaken): string {
  const { command, name, environment, verdict } = call;
  const manager = managerOf(verdict.interpreter);
  const uid = process.getuid?.() ?? -1;
  const terminal = isatty(0) && isatty(2);
  const { kinds } = lookWhere({ environment, uid, terminal, manager });
  const rest = shownLine(command.argv);
  const hidden = maskedWords(command.argv).join() !== command.argv.join();
  const line = `${name} ${rest}`;
  const needsEnvironment = command.subcommand === 'uninstall' || upgradesPip(command);
  const kernel = kinds.includes('jupyter') ? kernelOf(call) : undefined;
  const getVenv = venvLine(verdict.interpreter);
  const sentence = hintFor(kinds, {
    line,
    rest,
    needsEnvironment,
    ...(verdict.interpreter === undefined ? {} : { version: verdict.interpreter.version }),
    ...(getVenv === undefined ? {} : { venvLine: getVenv }),
    ...(kernel === undefined ? {} : { kernel }),
  });
  const stands = hidden ? ` (type your own value in place of ${stars})` : '';
  const { choiceAbove, passedOver } = known;
  const reason =
    choiceAbove === undefined
      ? ''
      : ` ${whyNotFromAbove(choiceAbove, (path) => shortPath(path, environment.home))}.`;
  const instead =
    passedOver?.instead === undefined
      ? ''
      : ` Another way is PIP_DETOUR=${passedOver.instead.detour}: ${printable(passedOver.instead.does)}.`;
  return `pip-detour: you were not asked, because ${why}.${reason}${instead} ${sentence}${stands}. PIP_DETOUR_HINT=0 silences this line.`;
}

/** A clause: why a remembered or set choice was not used here; undefined where there was none. */
export function whyNotTaken({ choiceAbove, passedOver }: NotTaken, home: string): string | undefined {
  if (passedOver !== undefined)
    return `${passedOver.choice.detour} is not taken here, because ${passedOver.why}`;
  return choiceAbove === undefined
    ? undefined
    : whyNotFromAbove(choiceAbove, (path) => shortPath(path, home));
}

/** The command that brings what `python3 -m venv` lacks here, where the distribution keeps ensurepip in a package of its own. */
export function venvLine(interpreter: Interpreter | undefined): string | undefined {
  if (interpreter?.prefix !== '/usr' || existsSync(join(interpreter.stdlib, 'ensurepip'))) return undefined;
  const venv = managerHere()?.venv;
  return venv?.typed(venv.name(interpreter.version));
}

/**
 * Whether pip may install for the kernel that ran `!pip`: its process is above ours, and its command line begins with
 * its Python (proc(5), cmdline). Undefined where there is no /proc.
 */
function kernelOf({ environment }: Invocation): 'free' | 'managed' | undefined {
  for (let pid = process.ppid, hops = 0; pid > 1 && hops < 8; hops += 1) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const [python = ''] = words;
      if (words.some((word) => /ipykernel|colab_kernel/.test(word)) && python.startsWith('/')) {
        if (existsSync(join(dirname(dirname(python)), 'pyvenv.cfg'))) return 'free';
        return interpreterAt(python, environment)?.marker === undefined ? 'free' : 'managed';
      }
      const status = statusOf(pid);
      if (status === undefined) return undefined;
      pid = Number(status.field(4));
    } catch {
      return undefined;
    }
  }
  return undefined;
}
