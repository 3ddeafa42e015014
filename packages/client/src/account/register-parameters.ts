import {
  type NameAddr,
  type NextHop,
  NO_PARAMS,
  type RegisterParameters,
  serializeNameAddr,
  serializeUri,
  type SipUri,
} from '@dialtone/sip';
import { type AccountSettings, Privacy } from './account-params.ts';
import { type ContactInputs, mainContact } from './main-contact.ts';

/** What a REGISTER is made from beside the account's own settings. */
export interface RegisterInputs extends ContactInputs {
  /** Where requests to the server address go; undefined: its transport is not available. */
  readonly route: (server: SipUri, identity: SipUri) => NextHop | undefined;
  /** `Supported` of accounts without a list of their own. */
  readonly supported: string;
  readonly userAgent: string;
  readonly sendDate: boolean;
  readonly withdrawnContacts: readonly NameAddr[];
  readonly customHeaders: ReadonlyMap<string, string>;
}

/** URI parameters that say how to reach somebody, not who it is (registration.md §2.3). */
const ROUTING_PARAMS = ['transport', 'maddr', 'ttl', 'method', 'lr'];

/** All that the REGISTERs of an account repeat; undefined when they cannot be sent. */
export function registerParameters(
  params: AccountSettings,
  inputs: RegisterInputs,
): RegisterParameters | undefined {
  const identity = params.identityAddress?.nameAddr;
  const server = params.serverAddress?.uri;
  const contact = mainContact(params, inputs);
  const nextHop = identity && server && inputs.route(server, identity.uri);
  if (identity === undefined || contact === undefined || nextHop === undefined) return undefined;
  const addressOfRecord = serializeNameAddr(withoutRouting(identity));
  return {
    requestUri: serializeUri({
      ...identity.uri,
      user: undefined,
      password: undefined,
      headers: NO_PARAMS,
    }),
    addressOfRecord,
    username: identity.uri.user,
    domain: identity.uri.host,
    nextHop,
    expiresSeconds: params.expires,
    contact,
    customContact: params.customContact?.nameAddr,
    withdrawnContacts: inputs.withdrawnContacts,
    supported: params.supportedTagsList?.join(', ') ?? inputs.supported,
    userAgent: inputs.userAgent,
    sendDate: inputs.sendDate,
    preferredIdentity: asksForIdPrivacy(params) ? addressOfRecord : undefined,
    // A custom Contact is the base of the main one.
    customHeaders: [...inputs.customHeaders].filter(([name]) => name.toLowerCase() !== 'contact'),
    realm: params.realm ?? undefined,
  };
}

function asksForIdPrivacy(params: AccountSettings): boolean {
  return params.privacy !== Privacy.Default && (params.privacy & Privacy.Id) !== 0;
}

function withoutRouting(identity: NameAddr): NameAddr {
  const params = new Map(identity.uri.params);
  for (const name of ROUTING_PARAMS) params.delete(name);
  return {
    displayName: identity.displayName,
    uri: { ...identity.uri, port: undefined, password: undefined, params, headers: NO_PARAMS },
    params: NO_PARAMS,
  };
}
