import type { ProvisioningDocument } from '@dialtone/contract';
import type { Account } from '../../accounts/account.ts';
import { runHook } from '../../hooks/run-hook.ts';
import type { BuiltDocument } from '../document/build-document.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from '../provisioning-platform.ts';
import type { HookRequest, ProvisioningHooks } from './provisioning-hooks.ts';
import { DocumentEditor } from './section-editor.ts';

/**
 * Lets the operator's hooks change a document.
 * @throws HookError when one throws or takes too long; the request fails and nothing is stored
 */
export async function runHooks(
  platform: Pick<ProvisioningPlatform, 'provisioningHooks' | 'clock'>,
  request: ProvisioningRequest,
  account: Account | undefined,
  document: BuiltDocument,
): Promise<ProvisioningDocument> {
  const hooks = platform.provisioningHooks;
  if (hooks === undefined) return document;
  const editor = new DocumentEditor(document.sections);
  const about: HookRequest = request;
  const run = (name: keyof ProvisioningHooks, hook: () => void | Promise<void>): Promise<void> =>
    runHook(platform.clock, `provisioning.${name}`, hook);
  const { names } = document;
  if (account !== undefined && names !== undefined) {
    const { proxy, authInfo } = names;
    await run('proxy', () => hooks.proxy?.(editor.section(proxy), about, account));
    if (authInfo !== undefined) {
      await run('authInfo', () => hooks.authInfo?.(editor.section(authInfo), about, account));
    }
  }
  await run('additionalSections', () =>
    hooks.additionalSections?.((section) => editor.section(section), about, account),
  );
  return { sections: editor.sections };
}
