import { basename } from 'node:path';
import { lookAround } from '../flow/look-around.ts';
import { costlyParts } from '../flow/situation.ts';
import { terminalInWords, typedHere, typedInWords } from '../flow/terminal.ts';
import { typedShell } from '../shell/typed-shell.ts';
import { DetourError } from '../system/errors.ts';
import { type Finding, note } from './finding.ts';
import type { Patient } from './patient.ts';

/** Whose packages this terminal sees, and what is typed to see the directory's own: no fault, but what people ask first. */
export async function checkTerminal({ environment }: Patient): Promise<readonly Finding[]> {
  try {
    const { situation } = await lookAround('pip', ['install', 'NAME'], {
      without: costlyParts,
    });
    const shell = (await typedShell(environment.variables)) ?? basename(environment.shell ?? 'sh');
    const typed = typedInWords(typedHere(situation, environment), situation);
    return [
      terminalInWords(situation, shell),
      ...typed.map((line) => line.trim().replace(/ {2,}/, ' is ')),
    ].map((says) => note('this-terminal', says));
  } catch (thrown) {
    // Where there is no pip, the next checks say so.
    if (thrown instanceof DetourError) return [];
    throw thrown;
  }
}
