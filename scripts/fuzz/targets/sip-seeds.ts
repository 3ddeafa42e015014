import * as torture from '../../../packages/sip/src/message/fixtures/rfc4475.ts';

const REGISTER = `REGISTER sip:sip.example.org SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK.abc;rport
From: "Alice" <sip:alice@sip.example.org>;tag=a1
To: <sip:alice@sip.example.org>
Call-ID: c1
CSeq: 21 REGISTER
Max-Forwards: 70
Contact: <sip:alice@192.0.2.1;transport=udp>;q=0.5;+sip.instance="<urn:uuid:1>", sip:b@c;expires=5
Expires: 600
Supported: replaces, outbound, gruu, path
Path: <sip:p1.example.org;lr>, <sip:p2.example.org;lr>
Require: path
Authorization: Digest username="alice", realm="sip.example.org", nonce="n", uri="sip:sip.example.org", response="0123456789abcdef0123456789abcdef", algorithm=MD5, cnonce="c", qop=auth, nc=00000001
Content-Length: 0

`.replaceAll('\n', '\r\n');

const CHALLENGE = `SIP/2.0 401 Unauthorized
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK.abc;rport=5060;received=192.0.2.1
f: <sip:alice@sip.example.org>;tag=a1
t: <sip:alice@sip.example.org>;tag=b1
i: c1
CSeq: 21 REGISTER
WWW-Authenticate: Digest realm="sip.example.org", nonce="n", algorithm=SHA-256, qop="auth"
WWW-Authenticate: Digest realm="sip.example.org", nonce="n", qop="auth,auth-int", stale=TRUE
Retry-After: 18000;duration=3600
l: 0

`.replaceAll('\n', '\r\n');

/** SIP messages of all kinds, sound and not. */
export const SIP_SEEDS: readonly Uint8Array[] = [
  REGISTER,
  CHALLENGE,
  ...Object.values(torture).map(({ text }) => text),
].map((text) => Buffer.from(text));

export const SIP_DICTIONARY: readonly string[] = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\r\n ',
  ' ',
  '\t',
  '\0',
  '\xff',
  '\xc3',
  '\x7f',
  ':',
  ';',
  ',',
  '=',
  '<',
  '>',
  '"',
  '\\',
  '\\"',
  '%',
  '%00',
  '%ff',
  '@',
  '?',
  '&',
  '*',
  '[',
  ']',
  'sip:',
  'sips:',
  'tel:',
  'SIP/2.0',
  'SIP/3.0',
  '[::1]',
  '-1',
  '0',
  '4294967296',
  '1e9',
  '99999999999999999999',
  'Contact: *\r\n',
  'Content-Length: 9\r\n',
  'l: 1\r\n',
  'Expires: 0\r\n',
  'v: a\r\n',
  'm: <>\r\n',
  'Via: ',
  'CSeq: 1 ',
  ';branch=',
  ';rport',
  ';received=',
  ';expires=',
  ';tag=',
  ';lr',
  'INVITE',
  'ACK',
];
