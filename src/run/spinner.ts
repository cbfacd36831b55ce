/** Shown on stderr while a quiet step runs; only on a terminal, and never for a screen reader. */
export interface Spinner {
  stop(): void;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const interval = 80;

/** A row longer than the terminal is cut there: what stood in a second one would not be cleared (xterm's control sequences, DECAWM). */
const unwrapped = (row: string) => `\u001b[?7l${row}\u001b[?7h`;

/** `drawn: false` prints the title once, as a line. */
export function spin(title: string, drawn: boolean, write: (text: string) => void): Spinner {
  if (!drawn) {
    write(`${title} …\n`);
    return { stop() {} };
  }
  let at = 0;
  const draw = () => {
    write(`\r\u001b[2K${unwrapped(`${frames[at % frames.length]} ${title} …`)}`);
    at += 1;
  };
  draw();
  const timer = setInterval(draw, interval);
  return {
    stop() {
      clearInterval(timer);
      write('\r\u001b[2K');
    },
  };
}
