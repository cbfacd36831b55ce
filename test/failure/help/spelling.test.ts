import { expect, it } from 'vitest';
import { spelledAlike } from '../../../src/failure/help/spelling.ts';

it('knows names that are spelt alike, and takes nothing far off for one', () => {
  expect(spelledAlike('reqeusts')).toBe('requests');
  expect(spelledAlike('Numppy')).toBe('numpy');
  expect(spelledAlike('my-own-quite-unheard-of-thing')).toBeUndefined();
});
