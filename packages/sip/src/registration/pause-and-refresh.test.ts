import { expect, it } from 'vitest';
import { accept, refuse, silence } from '../testing/index.ts';
import { registrationFixture } from '../testing/registration-fixture.ts';
import { RegistrationState } from './registration-state.ts';
import { Registration } from './registration.ts';

it('paused: a lost connection does not start what was paused', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.settle();
  f.registration.pause();
  f.network.breakConnections();
  await f.clock.advanceAsync(120_000);
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.registrar.requests).toHaveLength(1);
  expect(f.registration.refresh()).toBe(true);
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Refreshing', 'Ok']);
});

it('a refresh asked for while the first REGISTER begins changes nothing', async () => {
  const f = registrationFixture();
  const { registration } = f;
  const refreshes: boolean[] = [];
  const states: number[] = [];
  const eager = new Registration(f.context, (state) => {
    states.push(state);
    if (state === RegistrationState.Progress) refreshes.push(eager.refresh());
  });
  eager.register(f.parameters());
  await f.settle();
  expect(refreshes).toEqual([false]);
  expect(states).toEqual([RegistrationState.Progress, RegistrationState.Ok]);
  registration.dispose();
});

it('leaving a server during a refresh removes the binding there, too', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerNext(silence);
  f.registration.refresh();
  f.registration.abandonServer();
  await f.settle();
  expect(f.registrar.lastRequest?.headers.expires).toBe(0);
});

it('a refresh on demand cuts short the wait after a 503', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(accept({ expiresSeconds: 100 }), refuse(503, ['Retry-After', '3000']));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(91_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress']);
  expect(f.registration.refresh()).toBe(true);
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Refreshing', 'Ok']);
});

it('a paused first REGISTER is resumed by a refresh', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(silence);
  f.registration.register(f.parameters());
  await f.settle();
  f.registration.pause();
  expect(f.registration.refresh()).toBe(true);
  await f.settle();
  expect(f.registration.state).toBe(2);
});
