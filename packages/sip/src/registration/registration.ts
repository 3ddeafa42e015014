import type { SipResponse } from '../message/message.ts';
import { type NameAddr, parseNameAddr, serializeNameAddr } from '../message/name-addr.ts';
import { type SipUri, uriEquals } from '../message/uri.ts';
import type { RegisterParameters } from './build-register.ts';
import { unregisterDetached } from './detached-unregister.ts';
import { type ErrorInfo, NO_ERROR, SUCCESS } from './error-info.ts';
import { ownText } from './own-text.ts';
import type { OperationListener } from './operation-listener.ts';
import { RegisterOperation } from './register-operation.ts';
import type { RegistrationContext } from './registration-context.ts';
import { RegistrationState } from './registration-state.ts';

/** Hears every change of state; a repeated Ok means a refreshed binding. */
export type RegistrationListener = (state: RegistrationState, message: string) => void;

const MAY_BE_BOUND: ReadonlySet<RegistrationState> = new Set([
  RegistrationState.Ok,
  RegistrationState.Failed,
  RegistrationState.Refreshing,
]);

/**
 * The registration of one account (registration.md §2.1–2.4).
 *
 *                    register()                     2xx
 *   None, any state ────────────▶ Progress ──────────────────▶ Ok ◀─┐ 2xx of a refresh
 *                                  │  ▲ ▲                      │ │ ─┘
 *                          failure │  │ │ connection lost, 503 │ │ refresh()
 *                                  ▼  │ └──────────────────────┘ ▼
 *                               Failed│credentials given     Refreshing ──▶ Ok, Failed
 *                                  └──┘ (a retry goes straight to Ok)
 *
 *   Ok, Failed ── unregister() ── 2xx ──▶ Cleared        other answer ──▶ None (401, 407: Failed)
 *   any ── release(): network down, removal ──▶ None
 *
 * What each answer provokes on the wire is the business of `RegisterOperation`; a new operation (new
 * Call-ID) begins with every `register`.
 */
export class Registration implements OperationListener {
  readonly #context: RegistrationContext;
  readonly #listener: RegistrationListener;
  #operation: RegisterOperation | undefined;
  #state: RegistrationState = RegistrationState.None;
  #errorInfo: ErrorInfo = NO_ERROR;
  /** As text, which is a fifth of its parsed size; it is hardly ever asked for. */
  #contact: string | undefined;
  #serviceRoute: string | undefined;
  /** How to end un-REGISTERs under way at servers that were left. */
  readonly #leaving = new Map<SipUri, () => void>();
  /** Unregister as soon as the pending REGISTER is answered (choice C3). */
  #unregisterNext = false;
  #unregistering = false;

  constructor(context: RegistrationContext, listener: RegistrationListener) {
    this.#context = context;
    this.#listener = listener;
  }

  get state(): RegistrationState {
    return this.#state;
  }

  get errorInfo(): ErrorInfo {
    return this.#errorInfo;
  }

  /** How we are reachable, as of the last success; undefined before the first. */
  get contact(): NameAddr | undefined {
    return this.#contact === undefined ? undefined : parseNameAddr(this.#contact);
  }

  /** First Service-Route of the last success (RFC 3608). */
  get serviceRoute(): string | undefined {
    return this.#serviceRoute;
  }

  /** There is something to refresh. */
  get started(): boolean {
    return this.#operation !== undefined;
  }

  /** First value of a header of the last final answer to REGISTER. */
  receivedHeader(name: string): string | undefined {
    return this.#operation?.receivedHeader(name);
  }

  /** Registers anew: what was under way is dropped, Call-ID and From tag change. */
  register(parameters: RegisterParameters): void {
    this.#dropOperation();
    this.#comeTo(parameters.nextHop.uri);
    const operation = new RegisterOperation(this.#context, parameters, this);
    this.#operation = operation;
    this.#change(RegistrationState.Progress, 'Registration in progress');
    // A listener may have dropped it already.
    if (this.#operation === operation) operation.register();
  }

  /** The REGISTER cannot even be sent. */
  fail(message: string): void {
    this.#dropOperation();
    this.#change(RegistrationState.Failed, message);
  }

  /**
   * Refreshes now, which cuts short any wait; false while a first REGISTER is under way, or when there is
   * nothing to refresh. In Progress only what waits can be refreshed.
   */
  refresh(): boolean {
    const operation = this.#operation;
    if (operation === undefined) return false;
    if (this.#state === RegistrationState.Progress && !operation.waiting) return false;
    this.#change(RegistrationState.Refreshing, 'Refresh requested');
    if (this.#operation === operation) operation.register();
    return true;
  }

  /** Removes the binding; while a REGISTER is being answered, as soon as it is. */
  unregister(): void {
    const operation = this.#operation;
    if (operation === undefined || this.#unregistering) return;
    if (operation.busy && this.#state !== RegistrationState.Failed) {
      this.#unregisterNext = this.#state !== RegistrationState.Ok;
      if (this.#unregisterNext) return;
    }
    this.#unregisterNext = false;
    this.#unregistering = true;
    operation.unregister();
  }

  /** Lets go of the current server: its binding is removed in the background, unseen. */
  abandonServer(): void {
    const operation = this.#operation;
    this.#operation = undefined;
    if (!MAY_BE_BOUND.has(this.#state) || operation === undefined) {
      operation?.release();
      return;
    }
    const { server } = operation;
    const end = unregisterDetached(this.#context, operation, () => this.#leaving.delete(server));
    this.#leaving.set(server, end);
  }

  /** Nobody is to be asked for credentials any more: the account is being removed. */
  stopAsking(): void {
    this.#operation?.stopAsking();
  }

  /** Stops refreshing without telling the server. */
  pause(): void {
    this.#operation?.pause();
  }

  /** Stops and shows the state of another registration on which this one depends. */
  mirror(state: RegistrationState, message: string): void {
    this.pause();
    this.#change(state, message);
  }

  /** Forgets the operation without sending anything; the binding ends by itself. */
  release(message: string): void {
    this.#dropOperation();
    this.#change(RegistrationState.None, message);
  }

  /** Stops without a word to anybody; the state stays what it was. */
  dispose(): void {
    this.#dropOperation();
  }

  onRegistered(response: SipResponse, contact: NameAddr): void {
    this.#errorInfo = SUCCESS;
    this.#contact = ownText(serializeNameAddr(contact));
    this.#serviceRoute = response.headers.getAll('Service-Route')[0];
    this.#change(RegistrationState.Ok, 'Registration successful');
    this.#unregisterIfWanted();
  }

  onUnregistered(response: SipResponse): void {
    this.#errorInfo = SUCCESS;
    this.#unregistering = false;
    this.#serviceRoute = response.headers.getAll('Service-Route')[0];
    this.#change(RegistrationState.Cleared, 'Unregistration done');
  }

  onFailed(error: ErrorInfo, connectionLost: boolean): void {
    this.#errorInfo = error;
    if (error.code >= 400) this.#serviceRoute = undefined;
    if (this.#unregistering) {
      this.#unregistering = false;
      const unauthorized = error.code === 401 || error.code === 407;
      if (!unauthorized) this.#dropOperation();
      this.#change(unauthorized ? RegistrationState.Failed : RegistrationState.None, error.phrase);
      return;
    }
    if (connectionLost && this.#state === RegistrationState.Ok) {
      this.#change(RegistrationState.Progress, 'Service unavailable, retrying');
    } else {
      this.#change(RegistrationState.Failed, error.phrase);
    }
    this.#unregisterIfWanted();
  }

  onPostponed(): void {
    this.#unregisterIfWanted();
  }

  onAuthenticating(): void {
    this.#change(RegistrationState.Progress, 'Authenticating');
  }

  /** An old un-REGISTER that arrives late would remove the new binding. */
  #comeTo(server: SipUri): void {
    for (const [left, end] of this.#leaving) if (uriEquals(left, server)) end();
  }

  #unregisterIfWanted(): void {
    if (this.#unregisterNext) this.unregister();
  }

  #dropOperation(): void {
    this.#operation?.release();
    this.#operation = undefined;
    this.#unregisterNext = false;
    this.#unregistering = false;
  }

  #change(state: RegistrationState, message: string): void {
    if (state === this.#state && state !== RegistrationState.Ok) return;
    this.#state = state;
    this.#listener(state, message);
  }
}
