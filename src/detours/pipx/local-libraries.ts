import { join, resolve } from 'node:path';
import { textOf } from '../../system/text-file.ts';
import type { PipCommand } from '../../types.ts';

/** Where a project says which commands it brings; `scripts` is in the name of every way to say it. */
const declarations = ['pyproject.toml', 'setup.cfg', 'setup.py'];

/** Build backends that install programs they compile, without anything called a script. */
const compilesPrograms = /maturin|mesonpy|scikit_build|scikit-build/;

/**
 * The requirements of a command, as typed, that are local projects which declare no commands: libraries, for pipx. Only
 * text is looked at; what may have commands after all is not in the list.
 */
export function lookForLocalLibraries(command: PipCommand, cwd: string): readonly string[] {
  return command.requirements
    .filter((requirement) => requirement.kind === 'path')
    .map((requirement) => requirement.text)
    .filter((text) => declaresNoCommands(resolve(cwd, text.replace(/\[[^\]]*\]$/, ''))));
}

function declaresNoCommands(directory: string): boolean {
  const texts = declarations.flatMap((name) => {
    const text = textOf(join(directory, name));
    return text === undefined ? [] : [text];
  });
  return texts.length > 0 && !texts.some((text) => /scripts/.test(text) || compilesPrograms.test(text));
}
