import { parseAddress } from '../message/name-addr.ts';
import { NO_PARAMS } from '../message/params.ts';
import type { SipRequest } from '../message/message.ts';
import { type LinkedTransports, linkedTransports } from './linked-transports.ts';
import type { RegisterParameters } from '../registration/build-register.ts';
import type {
  AuthenticationRequest,
  CredentialsStore,
  DigestSecret,
} from '../registration/credentials.ts';
import { nextHopFor } from '../registration/next-hop.ts';
import {
  createRegistrationContext,
  type RegistrationContext,
} from '../registration/registration-context.ts';
import { registrationStateToString } from '../registration/registration-state.ts';
import { Registration } from '../registration/registration.ts';
import { DEFAULT_SETTINGS, type RegistrationSettings } from '../registration/settings.ts';

/** A registration over in-memory transports, and everything it says. For tests. */
export interface RegistrationFixture extends LinkedTransports {
  readonly context: RegistrationContext;
  readonly registration: Registration;
  /** Names of the states notified, oldest first, such as `Progress`. */
  readonly states: string[];
  readonly asked: AuthenticationRequest[];
  /** Settings, to be changed at any moment. */
  readonly settings: { -readonly [Key in keyof RegistrationSettings]: RegistrationSettings[Key] };
  /** User `alice` of sip.example.org. */
  parameters(
    changes?: Partial<RegisterParameters> & { readonly server?: string },
  ): RegisterParameters;
  /** Makes credentials known; undefined forgets them. */
  setSecret(secret: Partial<DigestSecret> | undefined): void;
  /** Called when credentials are asked for. */
  onAsked: (() => void) | undefined;
  /** Lets everything that needs no time happen. */
  settle(): Promise<void>;
  /** Authorization of the last request; empty without. */
  authorization(): string;
  /** CSeq numbers of the requests the registrar got. */
  cseqs(): number[];
}

export interface FixtureOptions {
  readonly clientPublicAddress?: string;
}

export function registrationFixture(options: FixtureOptions = {}): RegistrationFixture {
  const links = linkedTransports({
    ...options,
    onFlowClosed: (flow) => context.flows.flowClosed(flow),
  });
  const states: string[] = [];
  const asked: AuthenticationRequest[] = [];
  const settings = { ...DEFAULT_SETTINGS };
  let secret: DigestSecret | undefined;
  const credentials: CredentialsStore = {
    findDigest: () => secret,
    findBearer: () => undefined,
    accepted: () => undefined,
    authenticationRequired(requests) {
      asked.push(...requests);
      fixture.onAsked?.();
    },
  };
  const context = createRegistrationContext({
    clock: links.clock,
    random: links.random,
    sender: links.sender,
    route: (uri) => nextHopFor(uri, () => true),
    credentials,
    settings,
    superviseFlow: (flow) => links.client.keepAlive.supervise(flow, { afterFirstPong: true }),
  });
  const registration = new Registration(context, (state) => {
    states.push((registrationStateToString(state) ?? '').replace('LinphoneRegistration', ''));
  });
  const fixture: RegistrationFixture = {
    ...links,
    context,
    registration,
    states,
    asked,
    settings,
    onAsked: undefined,
    parameters({ server = 'sip:sip.example.org', ...changes } = {}) {
      const uri = parseAddress(server)?.uri;
      const nextHop = uri && context.route(uri);
      const address = parseAddress('"Alice" <sip:alice@sip.example.org>');
      if (nextHop === undefined || address === undefined) throw new TypeError('bad fixture');
      return {
        requestUri: 'sip:sip.example.org',
        addressOfRecord: '"Alice" <sip:alice@sip.example.org>',
        username: 'alice',
        domain: 'sip.example.org',
        nextHop,
        expiresSeconds: 3600,
        contact: { address: { ...address, params: NO_PARAMS }, automatic: true },
        customContact: undefined,
        withdrawnContacts: [],
        supported: 'replaces, outbound, gruu, path',
        userAgent: 'Test/1.0',
        sendDate: false,
        preferredIdentity: undefined,
        customHeaders: [],
        realm: undefined,
        ...changes,
      };
    },
    setSecret(value) {
      secret = value && {
        username: 'alice',
        password: value.ha1 === undefined ? 'secret' : undefined,
        ha1: undefined,
        ...value,
      };
      context.pendingAuthentications.retry('alice');
    },
    settle: () => links.clock.settle(),
    authorization: () => links.registrar.lastRequest?.headers.get('Authorization') ?? '',
    cseqs: () =>
      links.registrar.requests.map((request: SipRequest) => request.headers.cseq.sequence),
  };
  return fixture;
}
