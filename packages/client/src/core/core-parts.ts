import {
  type Clock,
  createRegistrationContext,
  nextHopFor,
  type Random,
  type RegistrationState,
  systemClock,
  systemRandom,
  type UserAgent,
} from '@dialtone/sip';
import type { Account } from '../account/account.ts';
import type { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthInfoList } from '../auth-info/auth-info-list.ts';
import { writeAuthInfo } from '../auth-info/auth-info-section.ts';
import type { AuthMethod } from '../auth-info/auth-method.ts';
import { forStorage } from '../auth-info/secrets.ts';
import { ConfigStore } from '../config/config-store.ts';
import { normalizePhoneNumber } from '../dial-plan/phone-number.ts';
import { DirectorySearch } from '../contact-directories/search-directories.ts';
import type { FriendList } from '../friends/friend-list.ts';
import { FriendLists } from '../friends/friend-lists.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import { httpRequest } from '../http/http-request.ts';
import { type HttpSettings, readHttpSettings } from '../http/http-settings.ts';
import { AccountRegistry } from './accounts/account-registry.ts';
import { AccountStorage } from './accounts/account-storage.ts';
import { ConfigSaver } from './config-saver.ts';
import type { Core } from './core.ts';
import { type CoreOptions, DEFAULT_USER_AGENT } from './core-options.ts';
import { AuthInfoHttpCredentials } from './http-credentials.ts';
import { NatPolicies } from './accounts/nat-policies.ts';
import { credentialsOfAccount } from './accounts/credentials-of-account.ts';
import { instanceId } from './instance-id.ts';
import { PushNotifications } from './push-notifications.ts';
import { SipCredentials } from './sip-credentials.ts';
import { SipSettings } from './sip-settings.ts';
import { createSipStack } from './sip-stack.ts';
import { readTlsSettings, type TlsOverrides } from '../tls/tls-settings.ts';
import {
  isTransportEnabled,
  ListeningPorts,
  readTransports,
  type Transports,
} from './transports.ts';
import { UpdateQueue } from './update-queue.ts';

/** What the parts of a core report to it. */
export interface CoreEvents {
  /** The core itself, for accounts that are asked for it. */
  core(): Core;
  onStateChanged(account: Account, state: RegistrationState, message: string): void;
  onAccountAdded(account: Account): void;
  onAccountRemoved(account: Account): void;
  onDefaultChanged(account: Account | null): void;
  onFriendListCreated(list: FriendList): void;
  onFriendListRemoved(list: FriendList): void;
  onAuthenticationRequested(info: AuthInfo, method: AuthMethod): void;
}

/** The objects a core is made of. */
export interface CoreParts {
  readonly config: ConfigStore;
  readonly clock: Clock;
  readonly random: Random;
  /** The clock is the system's: there is a process and a machine around. */
  readonly realTime: boolean;
  readonly settings: SipSettings;
  readonly saver: ConfigSaver;
  readonly queue: UpdateQueue;
  readonly stack: UserAgent;
  readonly ports: ListeningPorts;
  /** Wanted transports; replaced by an edit. */
  transports: Transports;
  readonly tls: TlsOverrides;
  readonly push: PushNotifications;
  readonly natPolicies: NatPolicies;
  readonly authInfos: AuthInfoList;
  readonly httpCredentials: AuthInfoHttpCredentials;
  readonly accounts: AccountRegistry;
  readonly friends: FriendLists;
  readonly directorySearch: DirectorySearch;
  userAgent: string;
  /** Credentials of this user arrived: whoever waits for them tries again. */
  retryAuthentication(username: string | undefined): void;
  /** Of every HTTP request of this core. */
  httpSettings(): Promise<HttpSettings>;
  http(request: HttpRequest): Promise<HttpResponse>;
}

/** Puts the parts of a core together. */
export function createCoreParts(options: CoreOptions, events: CoreEvents): CoreParts {
  const config = options.config ?? ConfigStore.inMemory();
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const settings = new SipSettings(config);
  const saver = new ConfigSaver(clock, config);
  config.onDirty = () => saver.changed();
  const queue = new UpdateQueue(clock);
  const push = new PushNotifications(config.getBool('net', 'push_notification', false));
  const natPolicies = new NatPolicies(config);
  const tls: TlsOverrides = { rootCaData: null, tlsCert: null, tlsKey: null };

  const authInfos = new AuthInfoList(
    () => Math.floor(clock.now() / 1000),
    (index, info) => {
      if (!parts.accounts.active || !settings.saveAuthInfo) return;
      const stored = info && settings.storeHa1 ? forStorage(info) : info;
      writeAuthInfo(config, index, settings.storeAuthInfo ? stored : undefined);
    },
  );
  const httpCredentials = new AuthInfoHttpCredentials(authInfos, () => settings.storeHa1);
  const retryAuthentication = (username: string | undefined): void =>
    context.pendingAuthentications.retry(username);
  const credentials = new SipCredentials({
    clock,
    list: authInfos,
    hashPasswords: () => settings.storeHa1,
    post: async (url, form) => {
      const response = await parts.http({
        url,
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      });
      return { status: response.status, text: response.text() };
    },
    retryWaiting: retryAuthentication,
    ask: (info, method) => events.onAuthenticationRequested(info, method),
  });
  const createStack = options.createStack ?? createSipStack;
  const stack = createStack({
    clock,
    random,
    config,
    tls,
    authInfos: () => authInfos.entries,
    events: {
      onFlowClosed: (flow) => context.flows.flowClosed(flow),
      isNeeded: (flow) => context.flows.isNeeded(flow),
    },
    trace: options.trace,
    dns: options.dns,
  });
  const isEnabled = (protocol: Parameters<typeof isTransportEnabled>[1]): boolean =>
    isTransportEnabled(parts.transports, protocol);
  const context = createRegistrationContext({
    clock,
    random,
    sender: stack.requests,
    settings,
    credentials,
    route: (uri) => nextHopFor(uri, isEnabled),
    superviseFlow: (flow) =>
      stack.keepAlive.supervise(flow, { afterFirstPong: settings.pongAfterFirst }),
  });
  // One text for all Contacts.
  let known: { readonly id: string | undefined; readonly instance: string | undefined } | undefined;
  const instance = (): string | undefined => {
    const id = instanceId(config);
    if (known?.id !== id) known = { id, instance: id && `<urn:uuid:${id}>` };
    return known?.instance;
  };
  const accounts = new AccountRegistry({
    core: () => events.core(),
    clock,
    queue,
    push,
    storage: new AccountStorage({
      config,
      push,
      natPolicies,
      addressFormat: () => settings.addressFormat,
    }),
    withdrawsLostContacts: () => settings.unregisterPreviousContact,
    registrationContext: context,
    registerInputs: (account) => ({
      pushParams: push.uriParams(account),
      instance: instance(),
      linphoneSpecs: settings.linphoneSpecs,
      route: (server, identity) =>
        nextHopFor(
          server,
          isEnabled,
          settings.channelIsolation ? `${identity.user ?? ''}@${identity.host}` : undefined,
        ),
      supported: settings.supported,
      userAgent: parts.userAgent,
      sendDate: settings.sendDate,
    }),
    waitsForNetwork: () => settings.registerOnlyWhenNetworkIsUp,
    onStateChanged: (account, state, message) => events.onStateChanged(account, state, message),
    onAdded: (account) => events.onAccountAdded(account),
    onRemoved: (account) => events.onAccountRemoved(account),
    onDefaultChanged: (account) => events.onDefaultChanged(account),
    onGoneWithData(account) {
      const own = credentialsOfAccount(authInfos.entries, account, accounts.list.accounts);
      for (const info of own) authInfos.remove(info);
    },
  });
  const friends = new FriendLists({
    config,
    addressFormat: () => settings.addressFormat,
    request: () => ({
      userAgent: parts.userAgent,
      identity: accounts.defaultAccount?.settings.identityAddress ?? null,
      http: (request) => parts.http(request),
    }),
    normalizeNumber(number) {
      const prefix = accounts.defaultAccount?.settings.internationalPrefix;
      return normalizePhoneNumber(prefix, number) ?? number;
    },
    onFileChanged: () => saver.changed(),
    onCreated: (list) => events.onFriendListCreated(list),
    onRemoved: (list) => events.onFriendListRemoved(list),
  });
  saver.add(friends.file);
  const bindAddress = (): string =>
    config.getString('sip', 'bind_address') ??
    (config.getBool('sip', 'use_ipv6', true) ? '::' : '0.0.0.0');
  const parts: CoreParts = {
    config,
    clock,
    random,
    realTime: clock === systemClock,
    settings,
    saver,
    queue,
    stack,
    ports: new ListeningPorts(stack.transport, bindAddress),
    transports: readTransports(config),
    tls,
    push,
    natPolicies,
    authInfos,
    httpCredentials,
    accounts,
    friends,
    directorySearch: new DirectorySearch({
      http: (request) => parts.http(request),
      userAgent: () => parts.userAgent,
      credentials: httpCredentials,
    }),
    userAgent: config.getString('sip', 'user_agent') ?? options.userAgent ?? DEFAULT_USER_AGENT,
    retryAuthentication,
    httpSettings: () => readHttpSettings(config, readTlsSettings(config, tls, authInfos.entries)),
    async http(request) {
      return httpRequest({
        ...(await parts.httpSettings()),
        credentials: httpCredentials,
        clock,
        random,
        ...request,
      });
    },
  };
  return parts;
}
