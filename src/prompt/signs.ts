/** The few characters the prompt draws with that are not ASCII, and what stands for them where they cannot be shown. */
export interface Signs {
  readonly pointer: string;
  readonly dash: string;
  readonly tick: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly arrows: string;
}

export const unicodeSigns: Signs = {
  pointer: '❯',
  dash: '–',
  tick: '✓',
  dot: '·',
  ellipsis: '…',
  arrows: '↑ ↓',
};

export const asciiSigns: Signs = {
  pointer: '>',
  dash: '-',
  tick: '*',
  dot: '-',
  ellipsis: '...',
  arrows: 'up down',
};
