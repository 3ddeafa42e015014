import type { ProvisioningSection } from '@dialtone/contract';
import type { PhraseKey, PhraseParams } from '@dialtone/phrases';
import type { Account } from '../../accounts/account.ts';
import type { Config } from '../../config/env.ts';
import { checkCustomEntries } from '../../spaces/custom-entries/check-custom-entries.ts';
import type { Space } from '../../spaces/space.ts';
import { customSections } from '../document/custom-sections.ts';
import { NAT_POLICY_SECTION } from '../document/nat-sections.ts';

/** Something an administrator should know about a document. */
export interface PreviewNote {
  readonly key: Extract<PhraseKey, `preview.${string}` | `entries.${string}`>;
  readonly params: PhraseParams;
}

interface Shown {
  readonly sections: readonly ProvisioningSection[];
  readonly account: Account;
  /** The space of the host that would be asked. */
  readonly space: Space;
  readonly origin: string;
  readonly config: Pick<Config, 'turn'>;
}

/** What the generations of Linphone make of a document (provisioning-client.md §2.8, §5). */
export function previewNotes({ sections, account, space, origin, config }: Shown): PreviewNote[] {
  const named = new Map(sections.map((section) => [section.name, section]));
  const credentials = sections.filter(({ name }) => /^auth_info_\d+$/.test(name));
  const own = credentials.find(
    (section) => valueOf(section, 'username') === account.username && valueOf(section, 'ha1'),
  );
  const proxy = named.get('proxy_0');
  const written = customSections(space).find(({ name }) => name === 'proxy_0');
  const registers = ['reg_identity', 'reg_proxy'].every((key) => valueOf(proxy, key));
  const holds: readonly (readonly [boolean, PreviewNote['key'], PhraseParams?])[] = [
    [space.doors.provisioningHeaderRequired, 'preview.door_closed'],
    [origin.startsWith('http://'), 'preview.plain_http'],
    [!account.activated, 'preview.not_activated'],
    [account.blocked, 'preview.blocked'],
    [!registers, 'preview.no_account'],
    [valueOf(written, 'reg_identity') !== undefined, 'preview.own_identity'],
    [own === undefined, 'preview.no_password'],
    [own !== undefined && valueOf(own, 'algorithm') === 'MD5', 'preview.md5'],
    [named.has('remote_contact_directory_0'), 'preview.directories'],
    [named.has(NAT_POLICY_SECTION), 'preview.turn', { minutes: config.turn.ttlMinutes }],
    [valueOf(named.get('account_creator'), 'url') !== undefined, 'preview.desktop_creator'],
  ];
  const notes = holds.flatMap(([holds, key, params = {}]) => (holds ? [{ key, params }] : []));
  return [...notes, ...gaps(named), ...notesOnText(space)];
}

function valueOf(section: ProvisioningSection | undefined, key: string): string | undefined {
  return section?.entries.find(({ name }) => name === key)?.value;
}

/** Numbered sections behind a missing number; only hooks and the space's text can make them. */
function gaps(named: ReadonlyMap<string, unknown>): PreviewNote[] {
  return [...named.keys()].flatMap((section): PreviewNote[] => {
    const [, family, number] =
      /^(proxy|auth_info|remote_contact_directory)_(\d+)$/.exec(section) ?? [];
    const numbers = Array.from(
      { length: Math.min(Number(number ?? 0), 1000) },
      (_, index) => index,
    );
    const reached = numbers.every((each) => named.has(`${family}_${each}`));
    return reached ? [] : [{ key: 'preview.gap', params: { section } }];
  });
}

function notesOnText({ customProvisioningEntries: text, switches }: Space): readonly PreviewNote[] {
  if (text === undefined) return [];
  const { faults, notices } = checkCustomEntries(text);
  const kept: readonly PreviewNote[] = switches.custom_provisioning_overwrite_all
    ? []
    : [{ key: 'preview.kept', params: {} }];
  return [...kept, ...faults, ...notices];
}
