/** Mails and pages of the account creator of older clients (XML-RPC). */
export const accountCreator = {
  'mail.activation.subject': '{space}: activate your account',
  'mail.activation.intro': 'Your account {sip} waits to be activated.',
  'mail.activation.link': 'Open this link and press the button:',
  'mail.activation.key': 'Or type this key where your phone asks for it:',
  'mail.activation.ignore': 'If you did not create it, ignore this mail.',
  'mail.account_recovery.subject': '{space}: get back to your account',
  'mail.account_recovery.intro': 'Somebody wants to use your account {sip} on a phone.',
  'mail.account_recovery.key': 'If it is you, type this key where the phone asks for it:',
  'mail.account_recovery.ignore': 'If it is not you, ignore this mail and tell nobody the key.',
  'mail.phone_moved.subject': '{space}: your phone number was taken over',
  'mail.phone_moved.intro':
    'The number {phone} belonged to your account {sip}. Another account has now proved to receive its short messages, so the number belongs to that one.',
  'mail.phone_moved.help': 'If this surprises you, ask the administrator of {space}.',
  'page.activation.title': 'Activate an account',
  'page.activation.question': 'Activate the account {sip}?',
  'page.activation.button': 'Activate',
  'page.activation.done': 'The account {sip} is activated. You can use it on your phone now.',
  'page.activation.already': 'The account {sip} is activated already.',
  'page.activation.failed':
    'This link does not work any more: it was used, replaced by a newer one, or is too old. Ask your phone for a new one.',
} as const;
