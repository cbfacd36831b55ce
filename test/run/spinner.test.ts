import headless from '@xterm/headless';
import { expect, it } from 'vitest';
import { spin } from '../../src/run/spinner.ts';

it('leaves nothing behind in a terminal that is narrower than its title', async () => {
  const screen = new headless.Terminal({ cols: 20, rows: 5, allowProposedApi: true });
  const rows = () => [0, 1].map((at) => screen.buffer.active.getLine(at)?.translateToString(true));
  const written = () => new Promise<void>((done) => screen.write('', done));
  const spinner = spin('Giving the environment a pip of its own', true, (text) => screen.write(text));
  await written();
  expect(rows()[0]).toMatch(/^⠋ Giving the envir/);
  spinner.stop();
  await written();
  expect(rows()).toEqual(['', '']);
});
