import { serializeMessage, type SipMessage, type StreamEvent, StreamFraming } from '@dialtone/sip';
import { type FuzzTarget, require } from '../fuzz-target.ts';
import { below } from '../mutate.ts';
import { checkRoundTrip, readMessage } from './datagrams.ts';
import { SIP_DICTIONARY, SIP_SEEDS } from './sip-seeds.ts';

/** Two messages and keep-alives behind each other. */
const seeds = SIP_SEEDS.map((seed, i) =>
  Buffer.concat([seed, Buffer.from('\r\n\r\n'), SIP_SEEDS[(i * 7) % SIP_SEEDS.length] ?? seed]),
);

/** A TCP connection: however the bytes are cut into packets, the same messages come out. */
export const streams: FuzzTarget = {
  name: 'streams',
  seeds,
  dictionary: SIP_DICTIONARY,
  run(input, random) {
    const inPieces: StreamEvent[] = [];
    const framing = new StreamFraming('server');
    for (let at = 0; at < input.length; ) {
      const size = 1 + below(random, random.float() < 0.5 ? 8 : 3000);
      // A copy: the pieces of a socket do not share memory.
      inPieces.push(...framing.push(input.slice(at, at + size)));
      at += size;
    }
    const atOnce = new StreamFraming('server').push(input);
    require(outcome(inPieces) === outcome(atOnce), 'packets do not matter');
    for (const event of atOnce) {
      if (event.kind !== 'message') continue;
      readMessage(event.message);
      checkRoundTrip(event.message);
    }
  },
};

/** Keep-alives are left out: a half one is answered before it is known to be half. */
function outcome(events: readonly StreamEvent[]): string {
  const lines: string[] = [];
  for (const event of events) {
    if (event.kind === 'message') lines.push(textOf(event.message));
    // Which limit is met first may depend on the packets.
    if (event.kind === 'malformed') lines.push(event.kind);
  }
  return lines.join('\n');
}

const textOf = (message: SipMessage): string => Buffer.from(serializeMessage(message)).toString();
