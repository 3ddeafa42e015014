import type { ConfigStore } from '../config/config-store.ts';
import { indexesOf, lowestFreeIndex } from '../config/indexed-sections.ts';
import type {
  CardDavDirectory,
  DirectoryFrame,
  LdapDirectory,
  NewRemoteContactDirectory,
  RemoteContactDirectory,
} from './remote-contact-directory.ts';

const BASE = 'remote_contact_directory';

/** Section of a directory. */
export function directorySection(index: number): string {
  return `${BASE}_${index}`;
}

export function freeDirectoryIndex(config: ConfigStore): number {
  return lowestFreeIndex(config, BASE);
}

/** Those of a known type, by number; there may be gaps. */
export function readDirectories(config: ConfigStore): readonly RemoteContactDirectory[] {
  return indexesOf(config, BASE).flatMap((index) => readDirectory(config, index) ?? []);
}

/** Undefined: there is none of that number, or its type is not known. */
export function readDirectory(
  config: ConfigStore,
  index: number,
): RemoteContactDirectory | undefined {
  const type = config.getString(directorySection(index), 'type');
  return type === 'carddav' || type === 'ldap' ? readAs(type, config, index) : undefined;
}

/** Writes a directory under the lowest free number. */
export function addDirectory(
  config: ConfigStore,
  directory: NewRemoteContactDirectory,
): RemoteContactDirectory {
  const index = freeDirectoryIndex(config);
  writeDirectory(config, index, directory);
  return readAs(directory.type, config, index);
}

function readAs(
  type: RemoteContactDirectory['type'],
  config: ConfigStore,
  index: number,
): RemoteContactDirectory {
  const section = directorySection(index);
  const text = (key: string): string => config.getString(section, key, '').trim();
  const list = (key: string): readonly string[] =>
    text(key)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const amount = (key: string, fallback: number): number =>
    Math.max(0, config.getInt(section, key, fallback));
  const frame: DirectoryFrame & { readonly index: number } = {
    index,
    enabled: config.getBool(section, 'enabled', true),
    uri: text('uri'),
    minCharacters: amount('min_characters', 3),
    resultsLimit: amount('results_limit', 0),
    timeoutSeconds: amount('timeout', 5),
    delayMs: amount('delay', 500),
  };
  if (type === 'carddav') {
    return {
      ...frame,
      type,
      fieldsForUserInput: list('carddav_fields_for_user_input'),
      fieldsForDomain: list('carddav_fields_for_domain'),
      useExactMatchPolicy: config.getBool(section, 'carddav_use_exact_match_policy', false),
    };
  }
  return {
    ...frame,
    type,
    bindDn: text('ldap_bind_dn'),
    password: text('ldap_password'),
    authMethod: text('ldap_auth_method'),
    baseObject: text('ldap_base_object'),
    filter: text('ldap_filter'),
    nameAttributes: list('ldap_name_attribute'),
    sipAttributes: list('ldap_sip_attribute'),
    sipDomain: text('ldap_sip_domain'),
  };
}

/** Sets the keys of what is given; other keys of the section stay. */
export function writeDirectory(
  config: ConfigStore,
  index: number,
  directory: NewRemoteContactDirectory,
): void {
  const values: Readonly<Record<string, Value>> = {
    type: directory.type,
    uri: directory.uri,
    enabled: directory.enabled,
    min_characters: directory.minCharacters,
    results_limit: directory.resultsLimit,
    timeout: directory.timeoutSeconds,
    delay: directory.delayMs,
    ...(directory.type === 'carddav' ? cardDavValues(directory) : ldapValues(directory)),
  };
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) config.setString(directorySection(index), key, textOf(value));
  }
}

type Value = string | number | boolean | readonly string[] | undefined;

function cardDavValues(directory: Partial<CardDavDirectory>): Readonly<Record<string, Value>> {
  return {
    carddav_fields_for_user_input: directory.fieldsForUserInput,
    carddav_fields_for_domain: directory.fieldsForDomain,
    carddav_use_exact_match_policy: directory.useExactMatchPolicy,
  };
}

function ldapValues(directory: Partial<LdapDirectory>): Readonly<Record<string, Value>> {
  return {
    ldap_bind_dn: directory.bindDn,
    ldap_password: directory.password,
    ldap_auth_method: directory.authMethod,
    ldap_base_object: directory.baseObject,
    ldap_filter: directory.filter,
    ldap_name_attribute: directory.nameAttributes,
    ldap_sip_attribute: directory.sipAttributes,
    ldap_sip_domain: directory.sipDomain,
  };
}

function textOf(value: NonNullable<Value>): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
