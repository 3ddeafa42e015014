import type { ProvisioningDocument } from '@dialtone/contract';
import type { ProvisionedAccount } from '../document/provisioned-account.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from '../provisioning-platform.ts';
import { HookError } from './hook-error.ts';
import type { HookAccount, HookRequest, ProvisioningHooks } from './provisioning-hooks.ts';
import { DocumentEditor } from './section-editor.ts';

/** Time a hook has; a phone gives up much later. */
const HOOK_TIMEOUT_MS = 5000;

interface Subject {
  readonly request: ProvisioningRequest;
  readonly account: ProvisionedAccount | undefined;
  readonly document: ProvisioningDocument;
}

/**
 * Lets the operator's hooks change a document.
 * @throws HookError when one throws or takes too long; the request fails and nothing is stored
 */
export async function runHooks(
  platform: Pick<ProvisioningPlatform, 'provisioningHooks' | 'clock'>,
  { request, account, document }: Subject,
): Promise<ProvisioningDocument> {
  const hooks = platform.provisioningHooks;
  if (hooks === undefined) return document;
  const editor = new DocumentEditor(document.sections);
  const about: HookRequest = {
    origin: request.origin,
    query: request.query,
    space: request.space,
  };
  const shown = account === undefined ? undefined : shownAccount(account);
  if (account !== undefined && shown !== undefined) {
    await run(platform, 'proxy', () => hooks.proxy?.(editor.section('proxy_0'), about, shown));
    const authInfo = authInfoName(account);
    if (authInfo !== undefined) {
      await run(platform, 'authInfo', () =>
        hooks.authInfo?.(editor.section(authInfo), about, shown),
      );
    }
  }
  await run(platform, 'additionalSections', () =>
    hooks.additionalSections?.((section) => editor.section(section), about, shown),
  );
  return { sections: editor.sections };
}

function shownAccount({ username, domain, displayName }: ProvisionedAccount): HookAccount {
  return { username, domain, displayName };
}

/** The section of the account's credentials: after those of its CardDAV servers. */
function authInfoName(account: ProvisionedAccount): string | undefined {
  return account.credentials === undefined ? undefined : `auth_info_${account.cardDav.length}`;
}

async function run(
  { clock }: Pick<ProvisioningPlatform, 'clock'>,
  name: keyof ProvisioningHooks,
  hook: () => void | Promise<void>,
): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.setTimeout(
    () => reject(new HookError(name, `takes longer than ${HOOK_TIMEOUT_MS} ms`)),
    HOOK_TIMEOUT_MS,
  );
  try {
    await Promise.race([hook(), late]);
  } catch (error) {
    throw error instanceof HookError ? error : new HookError(name, 'failed', { cause: error });
  } finally {
    clock.clearTimeout(timer);
  }
}
