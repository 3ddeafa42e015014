import { expect, it } from 'vitest';
import { accept, challenge, redirect, refuse, silence, tooBrief } from '../testing/index.ts';
import { registrationFixture } from './registration-fixture.ts';

it('flow "known password": Progress, 401, credentials, Ok; refreshed at 90 %', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.cseqs()).toEqual([20, 21]);
  expect(f.registrar.lastRequest?.headers.get('Authorization')).toContain('nc=00000001');

  await f.clock.advanceAsync(3_239_000);
  expect(f.cseqs()).toEqual([20, 21]);
  await f.clock.advanceAsync(2000);
  expect(f.cseqs()).toEqual([20, 21, 22]);
  expect(f.registrar.lastRequest?.headers.get('Authorization')).toContain('nc=00000002');
  expect(f.states).toEqual(['Progress', 'Ok', 'Ok']);
});
