import { expect, it } from 'vitest';
import { accept, challenge, redirect, refuse, silence } from '../testing/index.ts';
import { registrationFixture } from '../testing/registration-fixture.ts';
import { RegistrationState, registrationStateToString } from './registration-state.ts';

it('flow "known password": 401, credentials, Ok; refreshed at 90 % with the next nonce count', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.cseqs()).toEqual([20, 21]);
  expect(f.authorization()).toContain('nc=00000001');

  await f.clock.advanceAsync(3_239_000);
  expect(f.cseqs()).toEqual([20, 21]);
  await f.clock.advanceAsync(2000);
  expect(f.cseqs()).toEqual([20, 21, 22]);
  expect(f.authorization()).toContain('nc=00000002');
  expect(f.states).toEqual(['Progress', 'Ok', 'Ok']);
});

it('flow "open registrar behind NAT": the first 200 teaches the address, the second is notified', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.cseqs()).toEqual([20, 21]);
  const hosts = f.registrar.requests.map(({ headers }) => headers.get('Contact'));
  expect(hosts[0]).toContain('@198.51.100.7;transport=udp');
  expect(hosts[1]).toContain('@203.0.113.5;transport=udp');
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.registration.contact?.uri.host).toBe('203.0.113.5');
});

it('registration 60: the contact is unknown during Progress and is the learnt one at Ok', async () => {
  const f = registrationFixture({ clientPublicAddress: '203.0.113.5' });
  f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  expect(f.registration.contact).toBeUndefined();
  await f.settle();
  // After a 401 the second REGISTER already carries the learnt address: no extra round.
  expect(f.cseqs()).toEqual([20, 21]);
  expect(f.registration.contact?.uri.host).toBe('203.0.113.5');
});

it('flow "password in callback": the state never leaves Progress', async () => {
  const f = registrationFixture();
  f.onAsked = () => f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.asked).toHaveLength(1);
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.cseqs()).toEqual([20, 21]);
});

it('flow "password later": Failed, then Progress and Ok when credentials arrive', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(600_000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.registration.errorInfo).toMatchObject({ code: 401, reason: 11 });
  f.setSecret({});
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Failed', 'Progress', 'Ok']);
  expect(f.cseqs()).toEqual([20, 21]);
});

it('flow "wrong password": Failed once, asked at every retry', async () => {
  const f = registrationFixture();
  f.setSecret({});
  for (let i = 0; i < 3; i += 1) f.registrar.answerNext(challenge({ nonce: `n${i}` }), refuse(403));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(130_000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.asked).toHaveLength(3);
  expect(f.asked[0]?.rejected?.password).toBe('secret');
  expect(f.registrar.requests).toHaveLength(6);
  const credentials = f.registrar.requests.map(({ headers }) => headers.has('Authorization'));
  expect(credentials).toEqual([false, true, false, true, false, true]);
});

it('flow "disable": un-REGISTER on the same Call-ID, challenged once, Cleared', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerNext(challenge());
  f.registration.unregister();
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Cleared']);
  const last = f.registrar.lastRequest?.headers;
  expect(last?.expires).toBe(0);
  expect(last?.callId).toBe(f.registrar.requests[0]?.headers.callId);
  await f.clock.advanceAsync(10_000_000);
  expect(f.cseqs()).toEqual([20, 21, 22]);
});

it('flow "change server": the old server is told silently, the new one registers', async () => {
  const f = registrationFixture();
  const other = f.addRegistrar('192.0.2.20');
  f.dns.set('other.example.org', '192.0.2.20');
  f.registration.register(f.parameters());
  await f.settle();
  f.registration.abandonServer();
  f.registration.register(f.parameters({ server: 'sip:other.example.org' }));
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
  expect(f.registrar.lastRequest?.headers.expires).toBe(0);
  expect(other.requests[0]?.headers.cseq.sequence).toBe(20);
});

it('C4: the silent un-REGISTER answers one challenge and ends after 32 s', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerNext(challenge());
  f.registration.abandonServer();
  await f.settle();
  expect(f.cseqs()).toEqual([20, 21, 22]);
  expect(f.authorization()).toContain('Digest');

  const g = registrationFixture();
  g.registration.register(g.parameters());
  await g.settle();
  g.registrar.answerAll(silence);
  g.registration.abandonServer();
  await g.clock.advanceAsync(33_000);
  const sent = g.registrar.requests.length;
  await g.clock.advanceAsync(600_000);
  expect(g.registrar.requests).toHaveLength(sent);
  expect(g.states).toEqual(['Progress', 'Ok']);
});

it('C4: nobody is asked for credentials of a server that was left', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerAll(challenge());
  f.registration.abandonServer();
  await f.clock.advanceAsync(60_000);
  expect(f.asked).toEqual([]);
  expect(f.states).toEqual(['Progress', 'Ok']);
});

it('flow "connection reset": Progress, an immediate new REGISTER, Ok', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.settle();
  f.network.breakConnections();
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
  expect(f.cseqs()).toEqual([20, 21]);
});

it('a connection that stays dead: Failed once, tried every 60 s, Ok when it is back', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.settle();
  f.network.reception = () => 'refuse';
  f.network.breakConnections(new Error('reset'));
  await f.clock.advanceAsync(180_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Failed']);
  expect(f.registration.errorInfo).toMatchObject({ code: 503, phrase: 'io error', reason: 9 });
  f.network.reception = () => 'accept';
  await f.clock.advanceAsync(60_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Failed', 'Ok']);
});

it('registration 56: a lost connection means nothing once unregistered', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.settle();
  f.registration.unregister();
  await f.settle();
  f.network.breakConnections();
  await f.clock.advanceAsync(100_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Cleared']);
  expect(f.cseqs()).toEqual([20, 21]);
});

it('registration 50: a dead TCP port fails once; disabling ends in None', async () => {
  const f = registrationFixture();
  f.network.reception = () => 'refuse';
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.clock.advanceAsync(33_000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  f.registration.unregister();
  await f.clock.advanceAsync(200_000);
  expect(f.states).toEqual(['Progress', 'Failed', 'None']);
});

it('registration 57: a 302 is followed without a word; refreshes go on there', async () => {
  const f = registrationFixture();
  const other = f.addRegistrar('192.0.2.20');
  f.dns.set('other.example.org', '192.0.2.20');
  f.setSecret({});
  f.registrar.answerNext(challenge(), redirect('<sip:other.example.org;transport=tcp>'));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(other.lastRequest?.requestUri).toBe('sip:other.example.org;transport=tcp');
  expect(other.lastRequest?.headers.has('Authorization')).toBe(false);
  await f.clock.advanceAsync(3_300_000);
  expect(other.requests).toHaveLength(2);
  expect(f.registrar.requests).toHaveLength(2);
});

it('redirections in a circle end in Failed', async () => {
  const f = registrationFixture();
  f.registrar.answerAll(redirect('<sip:sip.example.org>'));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.registrar.requests).toHaveLength(6);
});

it('C3: disabled while in Progress, it unregisters after the answer', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  f.registration.unregister();
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok', 'Cleared']);
});

it('C3: disabled while in Progress and refused, it unregisters too', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(404));
  f.registration.register(f.parameters());
  f.registration.unregister();
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Failed', 'Cleared']);
});

it('C5: timer refreshes never notify Refreshing', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ expiresSeconds: 100 }));
  await f.clock.advanceAsync(460_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Ok', 'Ok', 'Ok', 'Ok', 'Ok']);
});

it('C8: a refresh after a pause arms the timer again', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ expiresSeconds: 100 }));
  await f.settle();
  f.registration.pause();
  await f.clock.advanceAsync(1_000_000);
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.registration.refresh()).toBe(true);
  expect(f.states.at(-1)).toBe('Refreshing');
  await f.clock.advanceAsync(95_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Refreshing', 'Ok', 'Ok']);
});

it('C24: an un-REGISTER lost by 503 or connection error ends in None', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerNext(refuse(503));
  f.registration.unregister();
  await f.clock.advanceAsync(100_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'None']);

  const g = registrationFixture();
  g.registration.register(g.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await g.settle();
  g.registrar.answerAll(silence);
  g.registration.unregister();
  await g.clock.advanceAsync(10);
  g.network.breakConnections();
  await g.clock.advanceAsync(100_000);
  expect(g.states).toEqual(['Progress', 'Ok', 'None']);
});

it('an un-REGISTER that cannot be authenticated ends in Failed and is not retried', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerAll(challenge());
  f.registration.unregister();
  await f.clock.advanceAsync(300_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Failed']);
  expect(f.registrar.requests).toHaveLength(2);
});

it('a refresh asked for while a REGISTER is pending after Ok is sent again with a higher CSeq', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters());
  await f.settle();
  f.registrar.answerNext(silence);
  f.registration.refresh();
  await f.settle();
  f.registration.refresh();
  await f.settle();
  expect(f.cseqs()).toEqual([20, 21, 22]);
  expect(f.states).toEqual(['Progress', 'Ok', 'Refreshing', 'Ok']);
});

it('a refresh is refused in Progress and before the first REGISTER', () => {
  const f = registrationFixture();
  expect(f.registration.refresh()).toBe(false);
  f.registration.register(f.parameters());
  expect(f.registration.refresh()).toBe(false);
  expect(f.states).toEqual(['Progress']);
});

it('expires 0 with registration enabled ends in Cleared', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ expiresSeconds: 0 }));
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Cleared']);
  expect(f.registrar.lastRequest?.headers.expires).toBe(0);
});

it('network down: None, nothing is sent any more, the last error stays', async () => {
  const f = registrationFixture();
  f.registrar.answerAll(refuse(500));
  f.registration.register(f.parameters());
  await f.settle();
  f.registration.release('network down');
  await f.clock.advanceAsync(1_000_000);
  expect(f.states).toEqual(['Progress', 'Failed', 'None']);
  expect(f.registrar.requests).toHaveLength(1);
  expect(f.registration.errorInfo.code).toBe(500);
  expect(f.clock.pending).toBe(0);
});

it('each registration has its own Call-ID and From tag; retries keep them', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(500));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(61_000);
  f.registration.register(f.parameters());
  await f.settle();
  const [first, retry, second] = f.registrar.requests.map(({ headers }) => headers);
  expect(retry?.callId).toBe(first?.callId);
  expect(retry?.from.params.get('tag')).toBe(first?.from.params.get('tag'));
  expect(second?.callId).not.toBe(first?.callId);
  expect(second?.cseq.sequence).toBe(20);
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok', 'Progress', 'Ok']);
});

it('a listener that registers again from within Ok does not leave two operations running', async () => {
  const f = registrationFixture();
  f.registration.register(f.parameters({ expiresSeconds: 100 }));
  await f.settle();
  f.registration.register(f.parameters({ expiresSeconds: 100 }));
  await f.clock.advanceAsync(91_000);
  expect(f.registrar.requests).toHaveLength(3);
});

it('service route: the first value of the last 200, cleared by one without and by failures', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(
    accept({ headers: [['Service-Route', '<sip:a.example.org;lr>, <sip:b.example.org;lr>']] }),
  );
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registration.serviceRoute).toBe('<sip:a.example.org;lr>');
  f.registration.refresh();
  await f.settle();
  expect(f.registration.serviceRoute).toBeUndefined();
});

it('registration 23: headers of the last answer are readable', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(accept({ headers: [['Server', 'Fake/2']] }));
  f.registration.register(f.parameters({ customHeaders: [['Weather', 'bad']] }));
  await f.settle();
  expect(f.registrar.lastRequest?.headers.get('Weather')).toBe('bad');
  expect(f.registration.receivedHeader('server')).toBe('Fake/2');
});

it('states have the names of the C API', () => {
  expect(registrationStateToString(RegistrationState.Ok)).toBe('LinphoneRegistrationOk');
  expect(registrationStateToString(RegistrationState.None)).toBe('LinphoneRegistrationNone');
  expect(registrationStateToString(99)).toBeNull();
});
