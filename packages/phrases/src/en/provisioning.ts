/** Remarks on the provisioning text of a space (`entries`) and on a document that is shown (`preview`). */
export const provisioning = {
  'entries.boolean': 'Line {line}: [{section}] {entry} must be 0 or 1, not "{value}".',
  'entries.character': 'Line {line}: it holds a character that no document can carry.',
  'entries.choice': 'Line {line}: [{section}] {entry} must be one of {values}, not "{value}".',
  'entries.integer': 'Line {line}: [{section}] {entry} must be a whole number, not "{value}".',
  'entries.key_name': 'Line {line}: "{entry}" is no key: keys have no blanks and no brackets.',
  'entries.list': 'Line {line}: [{section}] {entry} must list some of {values}, not "{value}".',
  'entries.misspelt':
    'Line {line}: Linphone knows no {entry} in [{section}]; was {meant} meant? It is sent as written.',
  'entries.no_section': 'Line {line}: {entry} stands before the first [section].',
  'entries.none': 'There is no entry: write a [section] and key=value lines below it.',
  'entries.not_an_entry': 'Line {line}: neither a [section], a key=value pair nor a comment.',
  'entries.range': 'Line {line}: [{section}] {entry} must be a range such as 80-90, not "{value}".',
  'entries.reserved': 'Line {line}: {entry} is a setting of the space: set it there.',
  'entries.section_name': 'Line {line}: "{section}" is no section name.',
  'entries.shared_uuid':
    'Line {line}: one uuid for all phones makes each registration replace the one before.',
  'entries.sip_address':
    'Line {line}: [{section}] {entry} must be a SIP address such as <sip:host;transport=tls>, not "{value}".',
  'entries.text': 'Line {line}: [{section}] {entry} cannot be "{value}".',
  'entries.unknown':
    'Line {line}: no Linphone is known to read {entry} in [{section}]; it is sent as written.',
  'entries.unread': 'Line {line}: no Linphone reads {entry} in [{section}].',
  'entries.url':
    'Line {line}: [{section}] {entry} must be an http:// or https:// URL, not "{value}".',
  'entries.variable': 'Line {line}: ${} would name an environment variable, and none is read here.',
  'preview.door_closed':
    'Phones older than 5.2 send no x-linphone-provisioning header: they get 400 instead of this document. The space can do without the header.',
  'preview.directories':
    'Linphone Android 6.0, Desktop 6.1 and everything before read carddav_N and ignore remote_contact_directory_N; a phone that says it is a newer one gets no carddav_N.',
  'preview.no_account':
    '[proxy_0] has no reg_identity or no reg_proxy: phones drop such an account without a word.',
  'preview.no_password':
    'The account has no password: the phone cannot register, and forgets the URL because it could not authenticate there either.',
  'preview.md5': 'The hash is MD5: the SIP server must offer MD5, SHA-256 alone will not do.',
  'preview.not_activated':
    'The account is not activated: SIP servers refuse it until a provisioning token is used or an administrator activates it.',
  'preview.blocked': 'The account is blocked in the API; phones are still provisioned.',
  'preview.plain_http':
    'The URLs start with http://: passwords and hashes travel in clear, and iOS links insist on https.',
  'preview.kept':
    'Entries of the space without overwrite reach new phones only: a phone keeps the values it has already written.',
  'preview.own_identity':
    'The entries of the space set reg_identity in [proxy_0]: every phone registers as that address.',
  'preview.gap': 'Phones stop reading at a missing number: [{section}] is never reached.',
  'preview.desktop_creator':
    'iOS and Desktop take account_creator/url from their factory file and ignore this one.',
  'preview.turn':
    'TURN credentials end after {minutes} minutes; phones get new ones when they start.',
} as const;
