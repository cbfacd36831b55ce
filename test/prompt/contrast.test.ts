import { beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../support/terminal.ts';
import { finished, onTerminal } from './on-terminal.ts';
import { programs } from './program.ts';

/**
 * WCAG 2.2, 1.4.3: text needs a contrast of 4.5:1. The sixteen colours are the person's own, on a ground that no program
 * knows; these are what common terminals come with: ground, text, then red, green, yellow, blue, magenta, cyan.
 */
const palettes: Readonly<Record<string, string>> = {
  'xterm, dark': '000000 e5e5e5 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd',
  'xterm, light': 'ffffff 000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd',
  'VS Code, dark': '1e1e1e cccccc cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd',
  'VS Code, light': 'ffffff 333333 cd3131 00bc00 949800 0451a5 bc05bc 0598bc',
  'Windows Terminal': '0c0c0c cccccc c50f1f 13a10e c19c00 0037da 881798 3a96dd',
  'GNOME, dark (Ubuntu)': '300a24 ffffff c01c28 26a269 a2734c 12488b a347ba 2aa1b3',
  'Terminal.app, light': 'ffffff 000000 990000 00a600 999900 0000b2 b200b2 00a6b2',
  'One Half, light': 'fafafa 383a42 e45649 50a14f c18401 0184bc a626a4 0997b3',
};

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16);
  return [at(0), at(2), at(4)];
}

/** WCAG 2.2: relative luminance. */
function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2: contrast ratio, from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const read = Object.entries(palettes).map(([name, text]) => {
  const [ground = rgb('000000'), plain = rgb('ffffff'), ...colors] = text.split(' ').map(rgb);
  return { name, ground, plain, colors };
});

describe('why words have no colour', () => {
  it('(black on white is 21:1, and #777 just fails)', () => {
    expect(contrast(rgb('000000'), rgb('ffffff'))).toBeCloseTo(21);
    expect(contrast(rgb('777777'), rgb('ffffff'))).toBeCloseTo(4.48, 2);
  });

  it('the terminal’s own text colour can be read everywhere', () => {
    for (const { name, ground, plain } of read)
      expect(contrast(plain, ground), name).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'])('%s cannot, somewhere', (color) => {
    const index = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'].indexOf(color);
    const ratios = read.map(({ ground, colors }) => contrast(colors[index] ?? ground, ground));
    expect(Math.min(...ratios)).toBeLessThan(4.5);
  });

  it('neither can dimmed text, which many terminals draw half transparent', () => {
    const ratios = read.map(({ ground, plain }) => {
      const half = plain.map((value, index) => (value + (ground[index] ?? 0)) / 2);
      return contrast([half[0] ?? 0, half[1] ?? 0, half[2] ?? 0], ground);
    });
    expect(Math.min(...ratios)).toBeLessThan(4.5);
  });
});

describe('the drawn prompt', () => {
  let program: (name: string) => string;
  beforeAll(async () => {
    program = await programs();
  });

  it.each([100, 40])('at %d columns colours signs only, and dims nothing', async (columns) => {
    const screen = onTerminal(program('ask'), { columns });
    const ready = /esc leave/;
    await screen.waitFor(ready);
    // Every line marked, the details, the help, the word that is asked for, and back.
    for (const digit of '1234') screen.send(digit);
    screen.send('d');
    await screen.waitFor('d hide');
    screen.send('?');
    await screen.waitFor('any key: back');
    screen.send('x');
    await screen.waitFor(ready);
    screen.send(`1${keys.enter}`);
    await finished(screen);
    const colored = [...screen.raw().matchAll(/\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38|2)(?:;\d+)*m([^\x1b]*)/g)];
    expect(colored.length).toBeGreaterThan(0);
    for (const [, text] of colored) expect(text).not.toMatch(/[\p{L}\p{N}]/u);
    expect(screen.raw()).not.toMatch(/\x1b\[(?:\d+;)*2m/);
  });
});
