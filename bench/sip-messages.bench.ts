import drachtio from 'drachtio-sip';
import jssip from 'jssip/lib/Parser.js';
import sip from 'sip';
import { Levels, LoggerFactory, Parser } from 'sip.js/lib/core/index.js';
import { parseMessage } from '../packages/sip/src/message/parse-message.ts';
import { serializeMessage } from '../packages/sip/src/message/serialize-message.ts';
import { type BenchResult, compare, formatTable } from './bench.ts';

/** A typical answer to REGISTER: 14 header lines, two bindings. */
const RESPONSE = [
  'SIP/2.0 200 Registration successful',
  'Via: SIP/2.0/UDP 192.168.1.23:46210;alias;branch=z9hG4bK.Jz2kIhsmD;rport=46210;received=203.0.113.9',
  'From: "Alice Martin" <sip:alice@sip.example.org>;tag=9mCqz2~Wl',
  'To: "Alice Martin" <sip:alice@sip.example.org>;tag=XjZ8Fm2a3N7yH',
  'Call-ID: 0GkYpCfCeU',
  'CSeq: 21 REGISTER',
  'Contact: <sip:alice@203.0.113.9:46210;transport=udp>;expires=3600;q=1;+sip.instance="<urn:uuid:3d0f2a6e-5c1b-4a5e-9a53-0c3c5a8e7f11>"',
  'Contact: <sip:alice@198.51.100.7:5061;transport=tls>;expires=1200;+sip.instance="<urn:uuid:ab12>"',
  'Expires: 3600',
  'Allow-Events: presence',
  'Supported: path, outbound',
  'Server: Flexisip/2.3.0 (sofia-sip-nta/2.0) example registrar node 001',
  'Date: Thu, 21 Aug 2026 10:11:12 GMT',
  'P-Associated-URI: <sip:alice@sip.example.org>',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

const sipJsLogs = new LoggerFactory();
sipJsLogs.level = Levels.error;
const sipJsLogger = sipJsLogs.getLogger('bench');

/** Many short rounds: one of them is undisturbed, for everybody. */
const HOW = { rounds: 15, roundMs: 100, time: 'cpu' } as const;

/** Parses and reads everything a registration needs; `bytes` as a socket gives them. */
export function dialtoneParse(bytes: Uint8Array): number {
  const result = parseMessage(bytes);
  if (!result.ok) throw result.error;
  const { via, from, to, callId, cseq, contacts, expires } = result.message.headers;
  return (
    via.length +
    from.params.size +
    to.params.size +
    callId.length +
    cseq.sequence +
    contacts.length +
    (expires ?? 0)
  );
}

/** Parsing and writing of one REGISTER answer, beside the other SIP libraries of npm. */
export async function run(): Promise<readonly BenchResult[]> {
  const bytes = Buffer.from(RESPONSE);
  const ours = parseMessage(bytes);
  if (!ours.ok) throw ours.error;
  const sipMessage = sip.parse(RESPONSE);
  const drachtioMessage = new drachtio.SipMessage(RESPONSE);
  const read = ['via', 'from', 'to', 'call-id', 'cseq', 'contact', 'expires'];

  const parse = await compare(
    'SIP parse a 784-byte 200 to REGISTER',
    [
      { name: 'dialtone (all fields read)', run: () => dialtoneParse(bytes) },
      { name: 'drachtio-sip (lazy, nothing read)', run: () => new drachtio.SipMessage(RESPONSE) },
      {
        name: 'drachtio-sip (same fields read)',
        run: () => {
          const message = new drachtio.SipMessage(RESPONSE);
          return read.map((name) => message.getParsedHeader(name));
        },
      },
      { name: 'sip (URIs left as text)', run: () => sip.parse(RESPONSE) },
      { name: 'jssip', run: () => jssip.parseMessage(RESPONSE, {}) },
      { name: 'sip.js', run: () => Parser.parseMessage(RESPONSE, sipJsLogger) },
    ],
    HOW,
  );
  const serialize = await compare(
    'SIP serialize to bytes',
    [
      { name: 'dialtone', run: () => serializeMessage(ours.message) },
      { name: 'drachtio-sip', run: () => Buffer.from(drachtioMessage.toString()) },
      { name: 'sip', run: () => Buffer.from(sip.stringify(sipMessage)) },
    ],
    HOW,
  );
  return [...parse, ...serialize];
}

if (import.meta.main) console.log(formatTable(await run()));
