import {
  AuthInfo,
  type Address,
  ConfigStore,
  Core,
  type ProxyConfig,
  RegistrationState,
  TransportType,
} from '@dialtone/client';
import type { Clock, Dns, SipResponse } from '@dialtone/sip';
import { UsageError } from '../../output/usage-error.ts';
import type { Happening, Report } from './happening.ts';
import { observedStack } from './observed-stack.ts';

export const TRANSPORTS = {
  udp: TransportType.Udp,
  tcp: TransportType.Tcp,
  tls: TransportType.Tls,
};
export type TransportName = keyof typeof TRANSPORTS;

export interface TrialRequest {
  readonly identity: Address;
  /** Host, or SIP URI; default: the domain of the identity. */
  readonly server: string | undefined;
  /** Default: what the server says, else UDP. */
  readonly transport: TransportName | undefined;
  readonly userid: string | undefined;
  readonly password: string | undefined;
  readonly expiresSeconds: number;
  /** Trusted TLS roots, PEM; default: the system's. */
  readonly rootsPem: string | undefined;
}

export interface TrialParts {
  readonly clock: Clock;
  readonly dns: Dns;
  readonly report: Report;
}

export type TrialOutcome =
  | { readonly kind: 'registered'; readonly contact: string; readonly expiresSeconds: number }
  /** `code`: SIP status; 408 and 503 also stand for no answer and for no connection. */
  | { readonly kind: 'failed'; readonly code: number };

/** A registration that is tried, and kept while it is not disposed of. */
export interface Trial extends AsyncDisposable {
  /** As text, the way it was understood. */
  readonly server: string;
  /** How the first attempt ended. */
  readonly outcome: Promise<TrialOutcome>;
  /** Removes the binding; false when the server did not confirm it. */
  unregister(): Promise<boolean>;
}

/** Servers that do not answer a farewell are left. */
const FAREWELL_MS = 5000;

/** With Retry-After these are not reported but waited out (registration.md §2.7). */
const WAITED_OUT: ReadonlySet<number> = new Set([404, 480, 500]);

/**
 * Tries to register.
 * @throws UsageError when identity or server cannot be used
 */
export async function startTrial(request: TrialRequest, parts: TrialParts): Promise<Trial> {
  const { clock } = parts;
  const outcome = Promise.withResolvers<TrialOutcome>();
  let onFarewell: ((confirmed: boolean) => void) | undefined;
  let lastResponse: SipResponse | undefined;
  let connections = 0;

  const observe = (happening: Happening): void => {
    parts.report(happening);
    if (happening.kind === 'connecting') connections += 1;
    if (happening.kind !== 'message' || happening.message.kind !== 'response') return;
    const { message } = happening;
    if (message.status >= 200) lastResponse = message;
    if (!WAITED_OUT.has(message.status) || message.headers.retryAfter === undefined) return;
    const before = connections;
    // Unless the next address of the server is tried now, nothing happens for a long time.
    setImmediate(() => {
      if (before === connections) outcome.resolve({ kind: 'failed', code: message.status });
    });
  };

  const core = new Core({
    // Whether the machine has a network is for the attempt to find out.
    config: ConfigStore.fromString('[sip]\nauto_net_state_mon=0\n'),
    clock,
    createStack: observedStack(parts.dns, observe),
  });
  core.tls.rootCaData = request.rootsPem ?? null;
  const proxy = configure(core, request);
  core.addListener({
    onRegistrationStateChanged: (_core, _config, state) => {
      parts.report({ kind: 'state', state });
      if (state === RegistrationState.Ok) outcome.resolve(registered(proxy, request, lastResponse));
      if (state === RegistrationState.Failed) {
        outcome.resolve({ kind: 'failed', code: proxy.errorInfo.code });
      }
      if (state === RegistrationState.Progress || state === RegistrationState.Ok) return;
      onFarewell?.(state === RegistrationState.Cleared);
    },
  });
  await core.start();

  return {
    server: proxy.serverAddr ?? '',
    outcome: outcome.promise,
    async unregister() {
      if (proxy.state !== RegistrationState.Ok) return false;
      const farewell = Promise.withResolvers<boolean>();
      onFarewell = farewell.resolve;
      proxy.edit();
      proxy.registerEnabled = false;
      proxy.done();
      const limit = clock.setTimeout(() => farewell.resolve(false), FAREWELL_MS);
      const confirmed = await farewell.promise;
      clock.clearTimeout(limit);
      return confirmed;
    },
    [Symbol.asyncDispose]: () => core.stop(),
  };
}

function configure(core: Core, request: TrialRequest): ProxyConfig {
  const { identity, transport, userid, password } = request;
  const { username, domain, port, secure } = identity;
  if (username === null || domain === null) {
    throw new UsageError('Write the address as sip:user@domain.');
  }
  const proxy = core.createProxyConfig();
  const host = domain.includes(':') ? `[${domain}]` : domain;
  const home = `${secure ? 'sips' : 'sip'}:${host}${port > 0 ? `:${port}` : ''}`;
  if (proxy.setServerAddr(request.server ?? home) === -1) {
    throw new UsageError(
      `"${request.server}" is no server; write host, host:port or sip:host;transport=tls.`,
    );
  }
  proxy.setIdentityAddress(identity);
  proxy.expires = request.expiresSeconds;
  const { account } = proxy;
  const { params } = account;
  if (transport !== undefined) params.setTransport(TRANSPORTS[transport]);
  // What was registered is removed by `unregister`, which waits for the answer.
  params.unregisterAtStopEnabled = false;
  account.setParams(params);
  if (password !== undefined) {
    core.addAuthInfo(new AuthInfo({ username, userid, password }));
  }
  core.addProxyConfig(proxy);
  return proxy;
}

function registered(
  proxy: ProxyConfig,
  { expiresSeconds }: TrialRequest,
  response: SipResponse | undefined,
): TrialOutcome {
  const { contact } = proxy;
  const granted = contact?.getParam('expires');
  return {
    kind: 'registered',
    contact: contact?.asStringUriOnly() ?? '',
    expiresSeconds: Number(granted ?? response?.headers.expires ?? expiresSeconds),
  };
}
