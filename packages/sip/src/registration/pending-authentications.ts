import type { Clock } from '../time/clock.ts';
import type { AuthenticationRequest, CredentialsStore } from './credentials.ts';

/** A registration that cannot answer its challenge. */
export interface AuthenticationWaiter {
  readonly username: string | undefined;
  /** Tries again if the credentials known now help; sending removes the waiter. */
  resumeAuthentication(): void;
  /** The application was asked and did not help. */
  authenticationFailed(): void;
}

interface Waiting {
  readonly requests: readonly AuthenticationRequest[];
  /** The failure was already reported; new credentials still restart the registration. */
  reported: boolean;
}

/**
 * Registrations waiting for credentials (registration.md §3.4): the application is asked once per
 * distinct request at the next loop turn; who is still waiting afterwards has failed, but is tried again
 * whenever credentials arrive. Waiters are kept by user name, since only credentials of that user help.
 */
export class PendingAuthentications {
  readonly #clock: Clock;
  readonly #store: Pick<CredentialsStore, 'authenticationRequired'>;
  readonly #byUsername = new Map<string, Map<AuthenticationWaiter, Waiting>>();
  #unasked = new Set<AuthenticationWaiter>();
  #turnAwaited = false;

  constructor(clock: Clock, store: Pick<CredentialsStore, 'authenticationRequired'>) {
    this.#clock = clock;
    this.#store = store;
  }

  /** Waits for credentials. `reported`: the registration already counts as failed. */
  add(
    waiter: AuthenticationWaiter,
    requests: readonly AuthenticationRequest[],
    { reported }: { readonly reported: boolean },
  ): void {
    const key = waiter.username ?? '';
    const waiting = this.#byUsername.get(key) ?? new Map<AuthenticationWaiter, Waiting>();
    this.#byUsername.set(key, waiting);
    waiting.set(waiter, { requests, reported });
    if (requests.length === 0) return;
    this.#unasked.add(waiter);
    if (this.#turnAwaited) return;
    this.#turnAwaited = true;
    this.#clock.setTimeout(() => this.#ask(), 0);
  }

  remove(waiter: AuthenticationWaiter): void {
    const key = waiter.username ?? '';
    const waiting = this.#byUsername.get(key);
    if (waiting?.delete(waiter) !== true) return;
    if (waiting.size === 0) this.#byUsername.delete(key);
    this.#unasked.delete(waiter);
  }

  /** Credentials of `username` arrived; undefined: they may serve anybody. */
  retry(username: string | undefined): void {
    const waiters =
      username === undefined
        ? [...this.#byUsername.values()].flatMap((waiting) => [...waiting.keys()])
        : [
            ...(this.#byUsername.get(username)?.keys() ?? []),
            ...(this.#byUsername.get('')?.keys() ?? []),
          ];
    for (const waiter of waiters) waiter.resumeAuthentication();
  }

  #ask(): void {
    const asked = this.#unasked;
    this.#unasked = new Set();
    this.#turnAwaited = false;
    const requests = new Map<string, AuthenticationRequest>();
    for (const waiter of asked) {
      for (const request of this.#waitingOf(waiter)?.requests ?? []) {
        const { method, username, domain, realm, rejected } = request;
        const key = JSON.stringify([method, username, rejected?.username, realm, domain]);
        if (!requests.has(key)) requests.set(key, request);
      }
    }
    if (requests.size > 0) this.#store.authenticationRequired([...requests.values()]);
    for (const waiter of asked) {
      const waiting = this.#waitingOf(waiter);
      if (waiting === undefined || waiting.reported) continue;
      waiting.reported = true;
      waiter.authenticationFailed();
    }
  }

  #waitingOf(waiter: AuthenticationWaiter): Waiting | undefined {
    return this.#byUsername.get(waiter.username ?? '')?.get(waiter);
  }
}
