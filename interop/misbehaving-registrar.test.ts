import { describe, expect, it } from 'vitest';
import { type Client, inShort, startClient } from './support/client.ts';
import { openDoublingNetwork } from './support/doubling-network.ts';
import { startSippServer } from './support/sipp.ts';
import { waitUntil } from './support/wait-until.ts';

const identity = 'sip:alice@sip.example.org';

/** A client that registers at `server`, and does not wait for an answer when it leaves. */
function registerAt(
  { port }: { readonly port: number },
  transport: 'udp' | 'tcp' = 'udp',
  config = '',
): Promise<Client> {
  const server = `sip:127.0.0.1:${port};transport=${transport}`;
  return startClient({ identity, server, config, unregisterAtStop: false });
}

/** Waits for a second call, which never comes: its connections stay open. */
const lasting = { scenario: 'accept', transport: 'tcp', calls: 2 } as const;

/** What it sent, each request once. */
const requests = ({ wire }: Client): string[] => wire.filter((line) => line.startsWith('>'));

/** When the last message that reads so passed by, in milliseconds. */
const lastTime = ({ messages }: Client, line: string): number =>
  messages.findLast((message) => inShort(message) === line)?.at ?? Number.NaN;

describe('our client at a registrar that', () => {
  it('loses datagrams: sends the same request again', async () => {
    await using server = await startSippServer({ scenario: 'lossy', hearsRepetitions: true });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await server.finished();
    expect(client.messages.filter(({ direction }) => direction === 'out').length).toBeGreaterThan(
      2,
    );
    expect(client.wire).toEqual(['> REGISTER', '< 200']);
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it('is slow: a provisional answer slows the repetitions down', async () => {
    await using server = await startSippServer({ scenario: 'slow', hearsRepetitions: true });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await server.finished();
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it.each(['udp', 'tcp'] as const)(
    'registration 89: is overloaded: comes back when told to (%s)',
    async (transport) => {
      await using server = await startSippServer({ scenario: 'unavailable', transport });
      await using client = await registerAt(server, transport);
      await client.reach('Ok');
      await server.finished();
      expect(client.states.slice(0, 3)).toEqual(['Progress', 'Failed', 'Ok']);
      expect(client.wire).toEqual(['> REGISTER', '< 503', '> REGISTER', '< 200']);
      const waitedMs = lastTime(client, '> REGISTER') - lastTime(client, '< 503');
      expect(waitedMs).toBeGreaterThan(900);
    },
  );

  it('wants longer registrations: asks for as much', async () => {
    await using server = await startSippServer({ scenario: 'interval-too-brief' });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await server.finished();
    expect(client.states).toEqual(['Progress', 'Ok']);
    expect(client.proxy.expires).toBe(600);
  });

  it('registration 57: is elsewhere now: goes there', async () => {
    await using target = await startSippServer({ scenario: 'accept' });
    const keys = { new_port: String(target.port) };
    await using server = await startSippServer({ scenario: 'moved', keys });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await Promise.all([server.finished(), target.finished()]);
    expect(client.wire).toEqual(['> REGISTER', '< 302', '> REGISTER', '< 200']);
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it('says everything twice: hears it once', async () => {
    await using server = await startSippServer({ scenario: 'challenge' });
    await using network = await openDoublingNetwork(server.port);
    await using client = await registerAt(network);
    await client.reach('Ok');
    await server.finished();
    await waitUntil('both answers came twice', () => {
      const answers = client.messages.filter(({ direction }) => direction === 'in');
      return answers.length >= 4 || undefined;
    });
    expect(client.wire).toEqual(['> REGISTER', '< 401', '> REGISTER', '< 200']);
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it('repeats old answers after the new one: has forgotten those requests', async () => {
    await using server = await startSippServer({ scenario: 'reordered' });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await server.finished();
    expect(requests(client)).toHaveLength(2);
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it('answers nonsense, or to somebody else: waits for the real answer', async () => {
    await using server = await startSippServer({ scenario: 'malformed' });
    await using client = await registerAt(server);
    await client.reach('Ok');
    await server.finished();
    expect(requests(client)).toHaveLength(1);
    expect(client.states).toEqual(['Progress', 'Ok']);
  });

  it.each([
    ['stops in the middle of an answer', 'truncated'],
    ['speaks another protocol', 'web-server'],
  ])('%s: fails, and tries again', async (_what, scenario) => {
    await using server = await startSippServer({ scenario, transport: 'tcp' });
    const { port } = server;
    await using client = await registerAt(server, 'tcp', 'refresher_retry_after=200\n');
    await client.reach('Failed');
    await server.finished();
    await using again = await startSippServer({ ...lasting, port });
    await client.reach('Ok');
    await again.kill();
    expect(client.states.slice(0, 3)).toEqual(['Progress', 'Failed', 'Ok']);
  });

  it('registration 55: cuts the connection of a binding: says so, and registers when it is back', async () => {
    await using server = await startSippServer(lasting);
    const { port } = server;
    await using client = await registerAt(server, 'tcp', 'refresher_retry_after=200\n');
    await client.reach('Ok');
    await client.reach('Failed', () => void server.kill());
    await using _again = await startSippServer({ ...lasting, port });
    await client.reach('Ok', () => {});
    expect(client.states).toEqual(['Progress', 'Ok', 'Progress', 'Failed', 'Ok']);
  });
});
