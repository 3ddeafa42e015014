import { boolean, choice, integer, keysOf, list, SDK, text } from './declare-keys.ts';

const search = {
  min_characters: integer('Characters to type before a search.', '3'),
  results_limit: integer('Results shown; 0 for all.', '0'),
  timeout: integer('Seconds to wait for an answer.', '5'),
};

/** Contact directories (provisioning-client.md §5.7). */
export const directoryKeys = [
  ...keysOf('remote_contact_directory_N', ['B'], {
    enabled: boolean('Whether it is searched.', '1'),
    type: choice('carddav', 'ldap')('What it is; without it the section is ignored.'),
    uri: text('Its address.'),
    ...search,
    delay: integer('Milliseconds to wait while somebody types; not for CardDAV.', '500'),
    carddav_fields_for_user_input: list('vCard fields that are searched.'),
    carddav_fields_for_domain: list('Documented, but no phone reads it.', undefined, []),
    carddav_use_exact_match_policy: boolean('Whether only exact matches count.', '0'),
    ldap_bind_dn: text('User of an LDAP directory.'),
    ldap_auth_method: text('How that user authenticates.'),
    ldap_base_object: text('Where to search.'),
    ldap_name_attribute: list('Attributes with names.'),
    ldap_sip_attribute: list('Attributes with addresses.'),
    ldap_sip_domain: text('Domain added to them.'),
    ldap_filter: text('Search filter.'),
  }),
  ...keysOf('carddav_N', SDK, {
    server_url: text('Address of a CardDAV directory.'),
    ...search,
    fields_for_user_input: list('vCard fields that are searched.'),
    fields_for_domain: list('vCard fields with addresses.'),
    use_exact_match_policy: boolean('Whether only exact matches count.', '0'),
  }),
];
