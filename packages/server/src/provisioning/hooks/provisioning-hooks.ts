import type { Account } from '../../accounts/account.ts';
import type { RequestContext } from '../../http/request-context.ts';
import type { Space } from '../../spaces/space.ts';
import type { SectionEditor } from './section-editor.ts';

/** What a hook is told about the request it changes. */
export interface HookRequest
  extends Pick<RequestContext, 'origin' | 'ip' | 'userAgent' | 'header'> {
  /** Query parameters as sent: typically turned into entries. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The space of the host. */
  readonly space: Pick<Space, 'id' | 'domain' | 'host' | 'name'>;
  /** An administrator only looks: nothing is handed out, so nothing should be done elsewhere. */
  readonly preview: boolean;
}

type AccountSectionHook = (
  section: SectionEditor,
  request: HookRequest,
  account: Account,
) => void | Promise<void>;

/**
 * The operator's changes to a document. A value set by a hook replaces what the document said. A hook
 * that throws or takes more than 5 s fails the request: 500, and neither token nor password is spent.
 */
export interface ProvisioningHooks {
  /** The account's own section, `proxy_0`, once it is complete. */
  readonly proxy?: AccountSectionHook;
  /** The section with the account's credentials; not called for accounts without any. */
  readonly authInfo?: AccountSectionHook;
  /** Any section, last; `account` is undefined in the public document. */
  readonly additionalSections?: (
    section: (name: string) => SectionEditor,
    request: HookRequest,
    account: Account | undefined,
  ) => void | Promise<void>;
}
