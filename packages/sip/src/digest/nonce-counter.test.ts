import { expect, it } from 'vitest';
import { NonceCounter } from './nonce-counter.ts';

it('counts the uses of a nonce, from 1 again for a new one', () => {
  const counter = new NonceCounter();
  expect([counter.next('a'), counter.next('a'), counter.next('b'), counter.next('a')]).toEqual([
    1, 2, 1, 1,
  ]);
});
