import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandModule } from 'yargs';
import { onPath } from '../../place/programs.ts';
import { setShellSwitches } from '../../settings/change.ts';
import { keepValid } from '../../settings/layers.ts';
import { documentOf } from '../../settings/read.ts';
import { refuseAnothers, targetOf } from '../../settings/target.ts';
import { template } from '../../settings/template.ts';
import { endLike, succeeded } from '../../system/ending.ts';
import { DetourError } from '../../system/errors.ts';
import { nothingInherited } from '../../system/inherited.ts';
import { makeDirectories } from '../../system/make-directories.ts';
import { run } from '../../system/process.ts';
import { printable, quote, quoteAll, shortPath } from '../../system/quote.ts';
import { placeOf, wantedOf } from './scope.ts';

/** `pip-detour config edit`: in the person's editor; what is wrong in it afterwards is said. */
export const edit: CommandModule = {
  command: 'edit',
  describe: 'Open the file with these settings in your editor, and check it afterwards',
  // Neither can be edited: they are not offered, and whoever types them is told why.
  builder: (yargs) => yargs.hide('directory').hide('policy'),
  async handler(args) {
    const { environment, cwd } = placeOf(args);
    const target = targetOf(wantedOf(args), environment, cwd);
    if (target.source === 'directory')
      throw new DetourError(
        'no-file',
        'the settings for one directory cannot be edited in a file',
        'pip-detour config set',
        2,
      );
    const { file, source } = target;
    refuseAnothers(file);
    // By its path: PATH may begin where one stands.
    const found = ['editor', 'nano', 'vi'].flatMap((name) => onPath(name, environment, cwd) ?? [])[0];
    const editor = environment.editor ?? (found === undefined ? undefined : quote(found));
    if (editor === undefined)
      throw new DetourError(
        'no-editor',
        'no editor was found',
        'set EDITOR to the name of an editor, e.g. EDITOR=nano',
      );
    const whole = source === 'user' || target.whole;
    const fresh = existsSync(file) ? undefined : template(source);
    if (fresh !== undefined) {
      makeDirectories(dirname(file), 0o700);
      writeFileSync(file, fresh, { mode: source === 'user' ? 0o600 : 0o644 });
    }
    // EDITOR may be a command with options, as git and others have it.
    const shell = ['-c', `${editor} "$@"`, editor, file];
    const ending = await run('/bin/sh', shell, { env: environment.variables, inherited: nothingInherited });
    if (fresh !== undefined && existsSync(file) && readFileSync(file, 'utf8') === fresh) rmSync(file);
    if (!succeeded(ending)) return endLike(ending);
    await setShellSwitches(environment);
    const document = await documentOf(file, whole);
    if (document.kind === 'absent') return;
    const problems =
      document.kind === 'wrong'
        ? [document.problem]
        : keepValid({ source, from: file, values: document.file.values, trusted: true }).problems;
    if (problems.length === 0) return;
    const again = ['pip-detour', 'config', 'edit', ...(source === 'project' ? ['--project'] : [])];
    const where = shortPath(file, environment.home);
    throw new DetourError('wrong-settings', `${where}: ${printable(problems.join('; '))}`, quoteAll(again));
  },
};
