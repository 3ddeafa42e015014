import type { SipRequest, SipResponse } from '../message/message.ts';
import { createResponse } from '../message/response.ts';
import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';
import type { Flow } from '../transport/transport.ts';
import type { BindingStore } from './binding.ts';
import type { CredentialsSource } from './credentials-source.ts';
import { GuessLimiter, type GuessLimits } from './guess-limiter.ts';
import { NonceIssuer } from './nonce-issuer.ts';
import { RegisterAuthenticator } from './register-authenticator.ts';
import { registeredResponse } from './registered-response.ts';
import { SerialQueue } from './serial-queue.ts';
import { type BindingPolicy, updateBindings } from './update-bindings.ts';

/** What a registrar needs, and what it may be told. */
export interface RegistrarOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Who may register. */
  readonly credentials: CredentialsSource;
  readonly bindings: BindingStore;
  readonly policy: BindingPolicy;
  /** Default 300 000: refreshes within it need no new challenge. */
  readonly nonceLifetimeMs?: number;
  /** Per source address and account; default 20 wrong passwords a minute. */
  readonly guessLimits?: GuessLimits;
  /** Hears of an address-of-record whose bindings changed. */
  readonly onBindingsChanged?: (aor: string) => void;
  /** Hears of defects; the phone gets a 500. */
  readonly onError?: (error: unknown) => void;
}

/** What a registrar looks at of the flow a request came on. */
type Source = Pick<Flow, 'protocol' | 'remote'>;

/** Fits `TransactionLayerOptions.onRequest`. */
export type Registrar = (
  request: SipRequest,
  flow: Source,
  respond: (response: SipResponse) => void,
) => void;

const METHODS = 'REGISTER, OPTIONS';

const DEFAULT_GUESSES: GuessLimits = { maxFailures: 20, windowMs: 60_000 };

/**
 * A registrar: the server half of RFC 3261 §10. Give it to a `TransactionLayer` as `onRequest`.
 * Requests of one address-of-record are handled one after another, so that each sees the bindings
 * the one before left.
 */
export function createRegistrar(options: RegistrarOptions): Registrar {
  const authenticator = new RegisterAuthenticator({
    credentials: options.credentials,
    nonces: new NonceIssuer({
      clock: options.clock,
      random: options.random,
      lifetimeMs: options.nonceLifetimeMs ?? 300_000,
    }),
    guesses: new GuessLimiter(options.clock, options.guessLimits ?? DEFAULT_GUESSES),
  });
  const queue = new SerialQueue();

  return (request, flow, respond) => {
    const refusal = refuseUnusable(request);
    if (refusal !== undefined) {
      respond(refusal);
      return;
    }
    const aor = addressOfRecord(request);
    queue
      .run(aor, async () => respond(await register(options, authenticator, aor, request, flow)))
      .catch((error: unknown) => {
        options.onError?.(error);
        respond(createResponse(request, 500));
      });
  };
}

/** What needs no look at accounts or bindings. */
function refuseUnusable(request: SipRequest): SipResponse | undefined {
  const { headers, method } = request;
  if (method === 'OPTIONS') return createResponse(request, 200, undefined, [['Allow', METHODS]]);
  if (method !== 'REGISTER') return createResponse(request, 405, undefined, [['Allow', METHODS]]);
  // RFC 3261 §10.3 step 2 and §8.2.2.3: extensions a registrar must understand.
  const unsupported = headers.getAll('require').filter((tag) => !SUPPORTED.has(tag.toLowerCase()));
  if (unsupported.length > 0) {
    return createResponse(request, 420, undefined, [['Unsupported', unsupported.join(', ')]]);
  }
  if (headers.to.uri.user === undefined) return createResponse(request, 404);
  if (headers.expires === undefined && headers.has('expires')) {
    return createResponse(request, 400, 'Malformed Expires');
  }
  // Read here, while a malformed one still becomes a 400.
  void headers.contacts;
  return undefined;
}

const SUPPORTED: ReadonlySet<string> = new Set(['path']);

/** `user@domain` of the To header, the key of bindings (§10.3 step 5). */
function addressOfRecord({ headers: { to } }: SipRequest): string {
  return `${to.uri.user ?? ''}@${to.uri.host.toLowerCase()}`;
}

async function register(
  { bindings: store, policy, clock, onBindingsChanged }: RegistrarOptions,
  authenticator: RegisterAuthenticator,
  aor: string,
  request: SipRequest,
  flow: Source,
): Promise<SipResponse> {
  const refusal = await authenticator.check(request, flow);
  if (refusal !== undefined) return refusal;
  const now = clock.now();
  const current = await store.list(aor, now);
  const received = { ...flow.remote, protocol: flow.protocol };
  const update = updateBindings(current, request, received, policy, now);
  if (update.kind === 'rejected') {
    const { status, reason } = update;
    const extra: [string, string][] =
      status === 423 ? [['Min-Expires', String(policy.minExpires)]] : [];
    return createResponse(request, status, reason, extra);
  }
  if (update.changed) {
    await store.replace(aor, update.bindings, now);
    onBindingsChanged?.(aor);
  }
  return registeredResponse(request, update.bindings, now);
}
