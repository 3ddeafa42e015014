import {
  createRequest,
  createResolver,
  createTransportLayer,
  createUserAgent,
  type NextHop,
  systemClock,
  systemRandom,
} from '@dialtone/sip';

const TIMEOUT_MS = 4000;

/** How a SIP server answers OPTIONS (RFC 3261 §11): a status, or why there is none. */
export type SipPing =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable'; readonly error: Error };

/** Asks the server at `hop` for a sign of life. Its certificate is not judged: that is another question. */
export async function pingSip(hop: NextHop): Promise<SipPing> {
  const [clock, random] = [systemClock, systemRandom];
  const agent = createUserAgent({
    clock,
    random,
    resolver: createResolver({ clock, random }),
    createTransport: (listener) =>
      createTransportLayer({ clock, random, listener, tls: () => ({ verifyCertificate: false }) }),
  });
  const { promise, resolve } = Promise.withResolvers<SipPing>();
  const timer = setTimeout(() => resolve({ kind: 'silent' }), TIMEOUT_MS);
  const target = `sip:${hop.uri.host.includes(':') ? `[${hop.uri.host}]` : hop.uri.host}`;
  agent.requests.send(
    hop,
    () =>
      createRequest('OPTIONS', target, [
        ['Max-Forwards', '70'],
        ['From', `<sip:doctor@invalid>;tag=${random.token(9)}`],
        ['To', `<${target}>`],
        ['Call-ID', random.token(10)],
        ['CSeq', '1 OPTIONS'],
      ]),
    {
      onResponse: ({ status }) => resolve({ kind: 'answered', status }),
      onTimeout: () => resolve({ kind: 'silent' }),
      onTransportError: (error) => resolve({ kind: 'unreachable', error }),
    },
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await agent.close();
  }
}
