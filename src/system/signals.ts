/** Sent to us alone, and handed on at once. A second TERM or HUP changes nothing for a program that had the first. */
export const handedOn: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM'];
/** The keyboard sends these to everything that runs in the foreground, so the child has them already. */
export const fromKeyboard: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];
