import { expect, it } from 'vitest';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { keys, terminal } from '../support/terminal.ts';

/** Beside other recipes of `make -j2`: a Node that ends there puts the terminal into the mode it found, under the question. */

it.skipIf(lacks('make') || !systemIsManaged())(
  'a Node in another recipe that ends while the question is open takes no key away',
  async () => {
    const box = sandbox();
    // It notes the terminal's mode when it starts, and restores it when it ends.
    box.write(
      'other.cjs',
      `const { existsSync, writeFileSync } = require('node:fs');
writeFileSync('started', '');
const timer = setInterval(() => existsSync('open') && clearInterval(timer), 20);
process.on('exit', () => writeFileSync('ready', ''));
`,
    );
    box.write(
      'Makefile',
      `all: one two\none:\n\t@until [ -e started ]; do sleep 0.05; done; pip install demo-lib && echo 'one is done'\ntwo:\n\t@${process.execPath} other.cjs\n`,
    );
    const user = terminal('make', ['-j2'], { env: box.env, cwd: box.project });
    await user.waitFor('esc leave', 30_000);
    box.write('open', '');
    await expect.poll(() => box.exists('ready'), { timeout: 30_000 }).toBe(true);
    // Seen by the next look at the terminal at the latest: a key that moves the mark is answered, one that is echoed is not.
    const marked = () => /❯ (\d)/.exec(user.screen())?.[1];
    await expect
      .poll(
        () => {
          if (marked() === '1') user.send(keys.down);
          return marked();
        },
        { timeout: 20_000, interval: 400 },
      )
      .not.toBe('1');
    user.send('1');
    await expect.poll(marked, { timeout: 20_000 }).toBe('1');
    user.send(keys.enter);
    expect(await user.exited).toMatchObject({ code: 0 });
    expect(user.history()).toContain('Successfully installed demo-lib');
    expect(user.history()).toContain('one is done');
  },
  90_000,
);
