/** What a shell hook (shims/hook.*) says of its shell. */
export interface TypedIn {
  /** `bash`, `zsh`, `fish`. */
  readonly shell: string;
  readonly pid: number;
  /** The file the shell looks for before its next prompt. */
  readonly file: string;
  /** Whether it looks there as soon as this command is over: what follows on the same line, or in a function, is not meant. */
  readonly atOnce: boolean;
  /** The readonly variable that keeps it from entering any environment, by whatever means. */
  readonly fixed: string | undefined;
}

/** An older hook names no more than the file. */
export function typedIn(value: string | undefined): TypedIn | undefined {
  const [, shell, pid, when = 'now', file] =
    /^(bash|zsh|fish),(\d+),(?:(\w+),)?(\/.*)$/.exec(value ?? '') ?? [];
  if (shell === undefined || file === undefined) return undefined;
  const fixed = /^(?:now|prompt)$/.test(when) ? undefined : when;
  return { shell, pid: Number(pid), file, atOnce: when === 'now', fixed };
}
