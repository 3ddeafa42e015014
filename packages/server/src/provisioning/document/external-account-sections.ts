import type { ProvisioningSection } from '@dialtone/contract';
import { ACCOUNT_IDKEY, type ProxySettings } from './account-sections.ts';
import type { ProvisionedExternalAccount } from './provisioned-account.ts';
import { section } from './section.ts';
import { nameAddr, serverAddress, typedServerAddress } from './sip-text.ts';

const transports = { UDP: 'udp', TCP: 'tcp', TLS: 'tls' } as const;

/** What the sections of a provider's account say besides the account. */
interface ExternalAccountSettings extends Pick<ProxySettings, 'switchOn'> {
  readonly externalDependsOnAccount: boolean;
}

/**
 * The provider's account as a further `proxy_N`/`auth_info_N` pair. With `externalDependsOnAccount` it waits
 * for the account of this server and shares its contact, which suits providers without push
 * (the manual's "proxies dependency").
 */
export function externalAccountSections(
  names: { readonly proxy: string; readonly authInfo: string },
  external: ProvisionedExternalAccount,
  { externalDependsOnAccount, switchOn }: ExternalAccountSettings,
): ProvisioningSection[] {
  const realm = external.realm ?? external.domain;
  const transport = transports[external.protocol];
  return [
    section(names.proxy, {
      reg_identity: nameAddr(undefined, external.username, external.domain),
      reg_proxy:
        typedServerAddress(external.registrar, transport) ??
        serverAddress(external.domain, undefined, transport),
      // Empty where there is none: a phone keeps what an earlier document said and this one does not.
      reg_route: typedServerAddress(external.outboundProxy, transport) ?? '',
      reg_sendregister: switchOn ? true : undefined,
      realm,
      idkey: 'external_account',
      depends_on: externalDependsOnAccount ? ACCOUNT_IDKEY : '',
    }),
    section(names.authInfo, {
      username: external.username,
      domain: external.domain,
      ha1: external.ha1,
      realm,
      algorithm: external.algorithm,
    }),
  ];
}
