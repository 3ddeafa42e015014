export {
  accept,
  type AcceptOptions,
  type Answer,
  challenge,
  type ChallengeOptions,
  redirect,
  refuse,
  silence,
  tooBrief,
} from './fake-answers.ts';
export { FakeClock } from './fake-clock.ts';
export { FakeDns } from './fake-dns.ts';
export { type Fate, FakeNetwork, type Packet, type Reception } from './fake-network.ts';
export { fakeRandom } from './fake-random.ts';
export { FakeRegistrar } from './fake-registrar.ts';
export type { FakeTransport } from './fake-transport.ts';
export {
  type LinkedTransports,
  linkedTransports,
  type LinkedTransportsOptions,
} from './linked-transports.ts';
export { TestAuthority } from './test-authority.ts';
