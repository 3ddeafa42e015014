import type { SipRequest, SipResponse } from '../message/message.ts';
import type { NameAddr } from '../message/name-addr.ts';
import { serializeUri, type SipUri } from '../message/uri.ts';
import type { Flow, NextHop } from '../transport/transport.ts';
import type { RequestHandler } from '../user-agent/pending-request.ts';
import { AuthenticationSession } from './authentication-session.ts';
import type { AuthenticationRequest } from './credentials.ts';
import { BoundFlow } from './bound-flow.ts';
import { buildRegister, type RegisterParameters } from './build-register.ts';
import {
  boundContact,
  contactsOf,
  fillContact,
  findOwnContact,
  needsCorrection,
} from './contact.ts';
import {
  type ErrorInfo,
  errorInfoFromResponse,
  IO_ERROR,
  NO_ERROR,
  TIMEOUT,
} from './error-info.ts';
import type { FlowObserver } from './flow-watch.ts';
import { NextAttempt } from './next-attempt.ts';
import type { OperationListener } from './operation-listener.ts';
import type { AuthenticationWaiter } from './pending-authentications.ts';
import { grantedExpires, refreshDelayMs } from './refresh.ts';
import { keepHeaders, readKeptHeader, type ReceivedHeaders } from './received-headers.ts';
import type { RegistrationContext } from './registration-context.ts';
import { reactTo, TIMEOUT_RETRY_MS } from './retry.ts';
import { SingleRequest } from './single-request.ts';

/**
 * Redirections and longer lifetimes of one round: a longer chain is a loop (RFC 3261 §8.1.3.4 leaves the
 * number open).
 */
const MAX_DETOURS = 5;
const FIRST_CSEQ = 20;

/**
 * One series of REGISTERs with the same Call-ID: first request, answers to challenges and redirections,
 * refreshes, retries, removal (registration.md §2.3–2.10). It keeps trying by its own timer and reports
 * only what a state machine has to know. A *round* is one attempt with everything it provokes.
 */
export class RegisterOperation implements FlowObserver, AuthenticationWaiter, RequestHandler {
  readonly #context: RegistrationContext;
  readonly #parameters: RegisterParameters;
  #listener: OperationListener;
  /** Missing credentials are worth a question. */
  #asksForCredentials = true;
  readonly #session: AuthenticationSession;
  readonly #callId: string;
  readonly #fromTag: string;
  #cseq = FIRST_CSEQ - 1;
  #expiresSeconds: number;
  #requestUri: string;
  #nextHop: NextHop;
  /** Withdrawn contacts were removed with the first success. */
  #withdrawn = false;
  readonly #request: SingleRequest;
  readonly #next: NextAttempt;
  readonly #flow: BoundFlow;
  #sentContact: NameAddr | undefined;
  /** Of this round. */
  #detours = 0;
  #corrected = false;
  #failureReported = false;
  /** The 401 or 407 that is waiting for credentials. */
  #challengeError: ErrorInfo = NO_ERROR;
  #tokenPending = false;
  /** Until `register` is called. */
  #paused = false;
  #receivedHeaders: ReceivedHeaders = '';

  constructor(
    context: RegistrationContext,
    parameters: RegisterParameters,
    listener: OperationListener,
  ) {
    this.#context = context;
    this.#parameters = parameters;
    this.#listener = listener;
    this.#session = new AuthenticationSession(context, parameters);
    this.#request = new SingleRequest(context.sender, this);
    this.#next = new NextAttempt(context, () => this.register());
    this.#flow = new BoundFlow(context, this);
    this.#callId = context.random.token(10);
    this.#fromTag = context.random.token(9);
    this.#expiresSeconds = parameters.expiresSeconds;
    this.#requestUri = parameters.requestUri;
    this.#nextHop = parameters.nextHop;
  }

  get username(): string | undefined {
    return this.#parameters.username;
  }

  /** As configured. */
  get server(): SipUri {
    return this.#parameters.nextHop.uri;
  }

  /** A REGISTER is under way. */
  get busy(): boolean {
    return this.#request.busy;
  }

  /** It will go on later, or when it is told to. */
  get waiting(): boolean {
    return this.#next.scheduled || this.#paused;
  }

  /** Asks for the removal of the binding rather than for its existence. */
  get unregistering(): boolean {
    return this.#expiresSeconds === 0;
  }

  /** A header of the last final answer. */
  receivedHeader(name: string): string | undefined {
    return readKeptHeader(this.#receivedHeaders, name);
  }

  /** Sends the first REGISTER, or one more now; any wait is cut short. */
  register(): void {
    this.#beginRound();
    this.#send();
  }

  /** Removes the binding: `Expires: 0` on the same Call-ID. */
  unregister(): void {
    this.#expiresSeconds = 0;
    this.register();
  }

  /** Stops timers and pending requests; the binding ends by itself. `register` starts again. */
  pause(): void {
    this.#paused = true;
    this.#cease();
  }

  /** `pause` for good. */
  release(): void {
    this.pause();
    this.#flow.leave();
  }

  onFlowClosed(flow: Flow): void {
    // With a request under way the transaction reports the loss.
    if (!this.#flow.is(flow) || this.busy || this.#paused) return;
    this.onTransportError();
  }

  onProvisional(response: SipResponse, flow: Flow): void {
    this.#context.publicAddresses.learn(response, flow);
  }

  onResponse(response: SipResponse, flow: Flow): void {
    this.#context.publicAddresses.learn(response, flow);
    const reaction = reactTo(response, this.#expiresSeconds, this.#context.random);
    // The answer to a challenge that can be met follows at once.
    if (reaction.kind !== 'challenge') this.#receivedHeaders = keepHeaders(response.headers);
    switch (reaction.kind) {
      case 'accept':
        return this.#onAccepted(response, flow);
      case 'challenge':
        return this.#onChallenge(response);
      case 'redirect':
        return this.#onRedirect(response);
      case 'lengthen':
        return this.#onTooBrief(response, reaction.expiresSeconds);
      case 'wait':
        this.#next.schedule(reaction.retryMs);
        return this.#listener.onPostponed();
      case 'fail':
        return this.#onRefused(response, reaction.retryMs);
    }
  }

  onTimeout(): void {
    if (!this.unregistering) this.#next.schedule(TIMEOUT_RETRY_MS);
    this.#report(TIMEOUT, false);
  }

  onTransportError(): void {
    if (!this.unregistering) this.#next.scheduleReconnect();
    this.#report(IO_ERROR, true);
  }

  resumeAuthentication(): void {
    if (this.busy) return;
    const answer = this.#session.resume();
    if (answer.kind === 'answered') {
      if (this.#failureReported) this.#listener.onAuthenticating();
      this.#failureReported = false;
      this.#send();
    } else if (this.#tokenPending && answer.kind !== 'token-pending') {
      this.#tokenPending = false;
      if (answer.kind === 'token-unavailable') this.#onTokenUnavailable();
      else this.#await(answer.kind === 'refused-by-policy' ? [] : answer.requests, false);
    }
  }

  authenticationFailed(): void {
    this.#report(this.#challengeError, false);
  }

  /** Reports to somebody else from now on; credentials that are missing are not asked for. */
  detach(listener: OperationListener): void {
    this.#listener = listener;
    this.stopAsking();
  }

  /** Credentials that are missing are not asked for any more. */
  stopAsking(): void {
    this.#asksForCredentials = false;
  }

  #cease(): void {
    this.#request.abort();
    this.#next.cancel();
    this.#context.pendingAuthentications.remove(this);
  }

  #beginRound(): void {
    this.#paused = false;
    this.#session.beginRound();
    if (this.#failureReported) this.#forgetRedirect();
    this.#detours = 0;
    this.#corrected = false;
    this.#failureReported = false;
  }

  #send(): void {
    this.#cease();
    this.#request.send(this.#nextHop, (flow) => this.#build(flow));
  }

  #build(flow: Flow): SipRequest {
    this.#cseq += 1;
    const { contact } = this.#parameters;
    const address = fillContact(contact, flow, this.#publicAddress(flow));
    this.#sentContact = address;
    return buildRegister(this.#parameters, {
      requestUri: this.#requestUri,
      callId: this.#callId,
      fromTag: this.#fromTag,
      cseq: this.#cseq,
      expiresSeconds: this.#expiresSeconds,
      contact: address,
      withdraw: !this.#withdrawn,
      now: this.#context.clock.now(),
      authorization: this.#session.authorize('REGISTER', this.#requestUri),
    });
  }

  #publicAddress(flow: Flow): ReturnType<RegistrationContext['publicAddresses']['of']> {
    const { settings, publicAddresses } = this.#context;
    return settings.natHelper ? publicAddresses.of(flow) : undefined;
  }

  #onAccepted(response: SipResponse, flow: Flow): void {
    const publicAddress = this.#publicAddress(flow);
    const sent = this.#sentContact ?? this.#parameters.contact.address;
    const own = findOwnContact(response, sent, flow, publicAddress);
    this.#session.accepted(response);
    if (
      this.#parameters.contact.automatic &&
      !this.unregistering &&
      !this.#corrected &&
      typeof own?.params.get('pub-gruu') !== 'string' &&
      needsCorrection(sent, flow, publicAddress)
    ) {
      this.#corrected = true;
      return this.#send();
    }
    this.#sentContact = undefined;
    this.#withdrawn = true;
    this.#next.succeeded();
    if (this.unregistering) {
      this.#flow.leave();
      return this.#listener.onUnregistered(response);
    }
    this.#flow.join(flow, response, this.#parameters.supported);
    const granted = grantedExpires(response, own, this.#expiresSeconds);
    const { settings, random } = this.#context;
    this.#next.schedule(refreshDelayMs(granted, settings.refreshWindow, random));
    return this.#listener.onRegistered(response, boundContact(own, sent));
  }

  #onChallenge(response: SipResponse): void {
    const answer = this.#session.answer(response);
    if (answer.kind === 'answered') return this.#send();
    this.#receivedHeaders = keepHeaders(response.headers);
    this.#challengeError = errorInfoFromResponse(response);
    this.#tokenPending = answer.kind === 'token-pending';
    switch (answer.kind) {
      case 'refused-by-policy':
        // A refusal that asks for nothing is a fault of the server, which may pass.
        if (!this.unregistering && !asksForCredentials(response)) this.#next.scheduleRetry();
        return this.#report(this.#challengeError, false);
      case 'token-pending':
        return this.#await([], false);
      case 'token-unavailable':
        return this.#onTokenUnavailable();
      case 'rejected':
        if (!this.unregistering) this.#next.scheduleRetry();
        return this.#await(answer.requests, false);
      case 'missing':
        return this.#await(answer.requests, false);
    }
  }

  /** The application could give no better credentials than those that could not be renewed. */
  #onTokenUnavailable(): void {
    this.#context.pendingAuthentications.remove(this);
    if (!this.unregistering) this.#next.scheduleRetry();
    this.#report(this.#challengeError, false);
  }

  /** Waits for credentials, for which the application is asked. */
  #await(requests: readonly AuthenticationRequest[], reported: boolean): void {
    if (!this.#asksForCredentials) return this.authenticationFailed();
    return this.#context.pendingAuthentications.add(this, requests, { reported });
  }

  #onRedirect(response: SipResponse): void {
    const [contact] = contactsOf(response);
    const nextHop = contact && this.#context.route(contact.uri);
    this.#detours += 1;
    if (contact === undefined || nextHop === undefined || this.#detours > MAX_DETOURS) {
      return this.#report(errorInfoFromResponse(response), false);
    }
    this.#nextHop = nextHop;
    this.#requestUri = serializeUri(contact.uri);
    this.#session.forget();
    return this.#send();
  }

  /** A redirection is good until it fails; then the configured server may know a better one. */
  #forgetRedirect(): void {
    if (this.#nextHop === this.#parameters.nextHop) return;
    this.#nextHop = this.#parameters.nextHop;
    this.#requestUri = this.#parameters.requestUri;
    this.#session.forget();
  }

  #onTooBrief(response: SipResponse, expiresSeconds: number): void {
    this.#detours += 1;
    if (this.#detours > MAX_DETOURS) return this.#report(errorInfoFromResponse(response), false);
    this.#expiresSeconds = expiresSeconds;
    // Who looks at the lifetime has let the credentials pass: another 401 will be about the nonce.
    this.#session.beginRound();
    return this.#send();
  }

  #onRefused(response: SipResponse, retryMs: number | 'default' | undefined): void {
    const answer = response.status === 403 ? this.#session.forbidden() : undefined;
    if (answer?.kind === 'answered') return this.#send();
    if (retryMs === 'default') this.#next.scheduleRetry();
    else if (retryMs !== undefined) this.#next.schedule(retryMs);
    const requests = answer?.requests ?? [];
    const { generation } = this.#request;
    this.#report(errorInfoFromResponse(response), response.status === 503);
    // The application may have acted on the report already.
    if (requests.length > 0 && generation === this.#request.generation) this.#await(requests, true);
  }

  #report(error: ErrorInfo, connectionLost: boolean): void {
    this.#failureReported = true;
    this.#flow.leave();
    this.#listener.onFailed(error, connectionLost);
  }
}

function asksForCredentials({ headers }: SipResponse): boolean {
  return headers.has('WWW-Authenticate') || headers.has('Proxy-Authenticate');
}
