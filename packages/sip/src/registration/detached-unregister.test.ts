import { expect, it } from 'vitest';
import { registrationFixture } from '../testing/registration-fixture.ts';

const elsewhere = { server: 'sip:b.example.org' };

/** Registered at a second server, while the un-REGISTER to the first one is lost on its way. */
async function leftForAnotherServer() {
  const f = registrationFixture();
  f.dns.set('b.example.org', '192.0.2.20');
  f.addRegistrar('192.0.2.20');
  f.registration.register(f.parameters());
  await f.settle();
  f.network.fate = ({ message }) =>
    message.kind === 'request' && message.headers.expires === 0 ? 'drop' : 'deliver';
  f.registration.abandonServer();
  f.registration.register(f.parameters(elsewhere));
  await f.clock.advanceAsync(1000);
  return f;
}

it('C4: coming back to a server ends the un-REGISTER that may still be under way to it', async () => {
  const f = await leftForAnotherServer();
  f.registration.abandonServer();
  f.registration.register(f.parameters());
  await f.settle();
  f.network.fate = () => 'deliver';
  await f.clock.advanceAsync(60_000);
  // The binding is there, and nothing came after it that would remove it.
  expect(f.registrar.requests.map(({ headers }) => headers.expires)).toEqual([3600, 3600]);
});

it('C4: the un-REGISTER at the server that was left goes on while another is used', async () => {
  const f = await leftForAnotherServer();
  f.network.fate = () => 'deliver';
  await f.clock.advanceAsync(10_000);
  expect(f.registrar.requests.map(({ headers }) => headers.expires)).toEqual([3600, 0]);
});
