import {
  type ProvisioningDocument,
  type ProvisioningPreviewJson,
  type ProvisioningSection,
  serializeProvisioningXml,
} from '@dialtone/contract';
import { type Locale, translate } from '@dialtone/phrases';
import type { Account } from '../../accounts/account.ts';
import { draftDocument } from '../provisioning-document.service.ts';
import type { ProvisioningPlatform, ProvisioningRequest } from '../provisioning-platform.ts';
import { previewNotes } from './preview-notes.ts';

/** What no preview shows: it ends in terminals, tickets and logs. */
const secretKeys: ReadonlySet<string> = new Set([
  'passwd',
  'ha1',
  'access_token',
  'refresh_token',
  'client_secret',
  'client_cert_key_password',
  'client_cert_key_passsword',
]);

const HIDDEN = '(hidden)';

/**
 * The document that a phone of the account would get from `origin`, with notes on how the generations
 * of Linphone take it. Nothing is spent, activated or stored; hooks run and are told that it is a
 * preview.
 * @throws HookError
 */
export async function previewProvisioning(
  platform: ProvisioningPlatform,
  request: Pick<ProvisioningRequest, 'space' | 'origin'> & Partial<ProvisioningRequest>,
  account: Account,
  locale: Locale,
): Promise<ProvisioningPreviewJson> {
  const { document } = await draftDocument(
    platform,
    {
      ip: '',
      userAgent: undefined,
      header: () => undefined,
      query: {},
      ...request,
      authenticated: false,
      resetPassword: false,
      preview: true,
    },
    account,
  );
  const shown = withoutSecrets(document);
  const { config } = platform;
  return {
    xml: serializeProvisioningXml(shown),
    sections: shown.sections.map(({ name, entries }) => ({ name, entries: [...entries] })),
    notes: previewNotes({ ...request, sections: document.sections, account, config }).map(
      ({ key, params }) => ({ code: key, message: translate(locale, key, params) }),
    ),
  };
}

function withoutSecrets({ sections }: ProvisioningDocument): ProvisioningDocument {
  return { sections: sections.map(hideSecrets) };
}

function hideSecrets({ name, entries }: ProvisioningSection): ProvisioningSection {
  return {
    name,
    entries: entries.map((entry) =>
      secretKeys.has(entry.name) && entry.value !== '' ? { ...entry, value: HIDDEN } : entry,
    ),
  };
}
