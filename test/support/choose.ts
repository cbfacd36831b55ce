import { expect } from 'vitest';
import { keys, type Terminal } from './terminal.ts';

const slow = 30_000;

/** At the drawn prompt: moves the mark down to the line of this title, and presses Enter. */
export async function choose(user: Terminal, title: RegExp): Promise<void> {
  // Keys count from then on.
  await user.waitFor('esc leave', slow);
  // While a frame is drawn the mark may be missing: it counts once the last line stands below it.
  const marked = () => /(❯.*)$[\s\S]*esc leave/m.exec(user.screen())?.[1];
  const found = () => title.test(marked() ?? '');
  await user.waitUntil(() => marked() !== undefined, slow);
  for (let presses = 0; presses < 8 && !found(); presses += 1) {
    const before = marked();
    user.send(keys.down);
    await user.waitUntil(() => marked() !== undefined && marked() !== before, slow);
  }
  expect(marked()).toMatch(title);
  user.send(keys.enter);
}
