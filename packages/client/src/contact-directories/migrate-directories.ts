import type { ConfigStore } from '../config/config-store.ts';
import { indexesOf } from '../config/indexed-sections.ts';
import { directorySection, freeDirectoryIndex, readDirectories } from './directory-section.ts';

interface Family {
  /** Older sections are `<base>_N`; specific keys get `<base>_` before them. */
  readonly base: 'ldap' | 'carddav';
  /** Older name → name of today, of the keys that all directories have. */
  readonly frame: Readonly<Record<string, string>>;
  /** What held without the key, where it is not what holds today. */
  readonly defaults: Readonly<Record<string, string>>;
}

const SAME = { min_characters: 'min_characters', results_limit: 'results_limit' };

/** In the order in which they are numbered. */
const FAMILIES: readonly Family[] = [
  {
    base: 'ldap',
    frame: {
      ...SAME,
      server: 'uri',
      uri: 'uri',
      enable: 'enabled',
      enabled: 'enabled',
      min_chars: 'min_characters',
      max_results: 'results_limit',
      timeout: 'timeout',
      delay: 'delay',
    },
    defaults: { enabled: '0', min_characters: '0', results_limit: '5' },
  },
  {
    base: 'carddav',
    frame: { ...SAME, server_url: 'uri', timeout: 'timeout' },
    defaults: {},
  },
];

/**
 * Turns `[ldap_N]` and `[carddav_N]` of Linphone 5.4 and older into `[remote_contact_directory_N]`
 * (provisioning-client.md §5.7, §4: 44). A directory that is there already is not added again: servers
 * send both families at every start. Sections without an address stay.
 */
export function migrateDirectories(config: ConfigStore): void {
  for (const family of FAMILIES) {
    for (const index of indexesOf(config, family.base)) {
      const section = `${family.base}_${index}`;
      const entries = todaysEntries(config, section, family);
      const uri = entries.get('uri');
      if (uri === undefined) continue;
      const isKnown = readDirectories(config).some(
        (known) =>
          known.type === family.base &&
          known.uri === uri.trim() &&
          (known.type !== 'ldap' || known.baseObject === (entries.get('ldap_base_object') ?? '')),
      );
      if (!isKnown) {
        const target = directorySection(freeDirectoryIndex(config));
        for (const [key, value] of entries) config.setString(target, key, value);
      }
      config.removeSection(section);
    }
  }
}

function todaysEntries(
  config: ConfigStore,
  section: string,
  { base, frame, defaults }: Family,
): ReadonlyMap<string, string> {
  const entries = new Map([['type', base], ...Object.entries(defaults)]);
  for (const key of config.keys(section)) {
    entries.set(frame[key] ?? `${base}_${key}`, config.getString(section, key, ''));
  }
  return entries;
}
