import {
  parseMessage,
  serializeMessage,
  type SipMessage,
  SipParseError,
  TransactionLayer,
} from '@dialtone/sip';
import { computeHa1 } from '@dialtone/sip/digest';
import { createRegistrar, MemoryBindingStore } from '@dialtone/sip/registrar';
import { FakeClock, fakeRandom } from '@dialtone/sip/testing';
import { MAX_MESSAGE_BYTES } from '../../../packages/sip/src/message/limits.ts';
import { RecordingFlow } from '../../../packages/sip/src/testing/recording-flow.ts';
import { type FuzzTarget, require } from '../fuzz-target.ts';
import { SIP_DICTIONARY, SIP_SEEDS } from './sip-seeds.ts';

/** All that reads a message; a field that was not checked yet may turn out malformed. */
export function readMessage({ headers }: SipMessage): void {
  for (const read of [
    () => headers.contacts,
    () => headers.expires,
    () => headers.minExpires,
    () => headers.retryAfter,
    () => headers.getAll('Path'),
    () => headers.getAll('Supported'),
    () => headers.getAll('WWW-Authenticate'),
  ]) {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SipParseError)) throw error;
    }
  }
}

/** What was read is written so that it reads the same. */
export function checkRoundTrip(message: SipMessage): void {
  const bytes = serializeMessage(message);
  // Bytes that are no UTF-8 take more room as replacement characters.
  if (bytes.length > MAX_MESSAGE_BYTES) return;
  const again = parseMessage(bytes);
  if (!again.ok)
    throw new Error('what was accepted is refused when written', { cause: again.error });
  const { headers } = again.message;
  const same =
    JSON.stringify([...headers.entries()].filter(isNotLength)) ===
    JSON.stringify([...message.headers.entries()].filter(isNotLength));
  require(same, 'header fields survive being written');
  require(Buffer.compare(again.message.body, message.body) === 0, 'the body survives');
}

const isNotLength = ([name]: readonly [string, string]): boolean =>
  !/^(content-length|l)$/i.test(name);

const faults: unknown[] = [];
const clock = new FakeClock();
const ha1 = computeHa1({
  algorithm: 'MD5',
  username: 'alice',
  realm: 'sip.example.org',
  password: 'secret',
});

function openServer(): TransactionLayer {
  return new TransactionLayer({
    clock,
    maxServerTransactions: 1000,
    onFault: (error) => faults.push(error),
    onRequest: createRegistrar({
      clock,
      random: fakeRandom(),
      bindings: new MemoryBindingStore(),
      credentials: {
        find: async () => ({
          kind: 'account',
          realm: 'sip.example.org',
          hashes: [{ algorithm: 'MD5', ha1 }],
        }),
      },
      policy: { minExpires: 60, maxExpires: 3600, defaultExpires: 3600, maxContacts: 10 },
      onError: (error) => faults.push(error),
    }),
  });
}

const server = openServer();

/** Datagrams from the parser through the transactions to the registrar, and what it answers. */
export const datagrams: FuzzTarget = {
  name: 'datagrams',
  seeds: SIP_SEEDS,
  dictionary: SIP_DICTIONARY,
  async run(input) {
    const flow = new RecordingFlow('udp');
    const result = parseMessage(input);
    if (result.ok) {
      readMessage(result.message);
      checkRoundTrip(result.message);
      server.onMessage(result.message, flow);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      for (const answer of flow.sent) checkRoundTrip(answer);
    } else {
      server.onMalformed(result.error, flow, result.request);
    }
    const [fault] = faults.splice(0);
    if (fault !== undefined) throw fault;
  },
};
