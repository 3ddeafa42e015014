import type { Account } from '../../accounts/account.ts';
import type { Space } from '../../spaces/space.ts';
import type { SectionEditor } from './section-editor.ts';

/** What a hook is told about the request it changes. */
export interface HookRequest {
  /** `scheme://host[:port]` the phone asked. */
  readonly origin: string;
  /** Query parameters as sent: typically turned into entries. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The space of the host. */
  readonly space: Pick<Space, 'id' | 'domain' | 'host' | 'name'>;
}

/** The account of the document, without secrets. */
export type HookAccount = Pick<Account, 'username' | 'domain' | 'displayName'>;

/** A value set by a hook replaces what the document said. Hooks may be asynchronous. */
export interface ProvisioningHooks {
  /** The account's own section, `proxy_0`, once it is complete. */
  readonly proxy?: (
    section: SectionEditor,
    request: HookRequest,
    account: HookAccount,
  ) => void | Promise<void>;
  /** The section with the account's credentials. */
  readonly authInfo?: (
    section: SectionEditor,
    request: HookRequest,
    account: HookAccount,
  ) => void | Promise<void>;
  /** Any section, last; `account` is undefined in the public document. */
  readonly additionalSections?: (
    section: (name: string) => SectionEditor,
    request: HookRequest,
    account: HookAccount | undefined,
  ) => void | Promise<void>;
}
