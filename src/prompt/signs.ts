/** The few characters the prompt draws with that are not ASCII, and what stands for them where they cannot be shown. */
export interface Glyphs {
  readonly pointer: string;
  readonly dash: string;
  readonly tick: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly arrows: string;
}

/** Where the terminal shows Unicode. */
export const unicodeGlyphs: Glyphs = {
  pointer: '❯',
  dash: '–',
  tick: '✓',
  dot: '·',
  ellipsis: '…',
  arrows: '↑ ↓',
};

/** Where it shows ASCII only. */
export const asciiGlyphs: Glyphs = {
  pointer: '>',
  dash: '-',
  tick: '*',
  dot: '-',
  ellipsis: '...',
  arrows: 'up down',
};
