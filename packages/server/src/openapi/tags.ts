/** What the routes of a topic are about, by their tag. */
export const tagDescriptions: Readonly<Record<string, string>> = {
  Service: 'Whether the server is up, and what it offers.',
  Authentication: 'API keys: one for each account, renewed by asking again.',
  Accounts:
    'What administrators do with the accounts of their space, and how a newcomer creates one.',
  'My account': 'What the owner of an account does with it.',
  Tokens:
    'The right to create or recover an account, or to sign in another device. A token is spent by its use.',
  'Phone countries': 'The countries whose phone numbers are accepted.',
  Spaces:
    'SIP domains with their settings, mail server and CardDAV servers; for super administrators.',
  Contacts: 'The contacts of an account, as phones read them.',
  Outbox: 'Mails, SMS and pushes: what waits, what was sent, what was given up and why.',
  Devices: 'Phones that are registered at the embedded registrar.',
  Provisioning: 'Configurations that phones fetch, and the QR codes that lead there.',
  'XML-RPC': 'The protocol of older account creators.',
  Pages: 'Pages and forms for browsers.',
  'Old apps': 'Endpoints of Flexisip Account Manager 1, off by default (`DIALTONE_LEGACY_API`).',
};
