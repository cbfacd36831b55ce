import { masked } from './mask.ts';

/**
 * An error of ours, told to a person: what is wrong, and what to type. `reference` is kebab-case and stable, like
 * pip's own (`pip/_internal/exceptions.py`, DiagnosticPipError).
 */
export class DetourError extends Error {
  readonly reference: string;
  readonly hint: string;
  /** Exit code for the process if nothing handles it. */
  readonly code: number;

  constructor(reference: string, message: string, hint: string, code = 1) {
    super(message);
    this.name = 'DetourError';
    this.reference = reference;
    this.hint = hint;
    this.code = code;
  }
}

/** The text shown for any thrown value: two lines at most, and a stack only for what we did not foresee. */
export function describe(thrown: unknown): string {
  if (thrown instanceof DetourError) {
    return masked(`pip-detour: ${thrown.reference}: ${thrown.message}\nhint: ${thrown.hint}`);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return masked(`pip-detour: unexpected: ${message}`);
}

/** The `code` of a system error (`ENOENT`), or undefined for anything else. */
export function systemCode(thrown: unknown): string | undefined {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return undefined;
}

/** Of a process (EMFILE) or of the whole system (ENFILE); errno(3). */
export function tooManyFiles(error: Error): DetourError {
  return new DetourError(
    'too-many-files',
    `too many files are open: ${error.message}`,
    systemCode(error) === 'ENFILE' ? 'close some programs and try again' : 'ulimit -n 1024, and try again',
  );
}
