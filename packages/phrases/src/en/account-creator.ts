/** Pages of the account creator of older clients (XML-RPC). */
export const accountCreator = {
  'page.activation.title': 'Activate an account',
  'page.activation.question': 'Activate the account {sip}?',
  'page.activation.button': 'Activate',
  'page.activation.done': 'The account {sip} is activated. You can use it on your phone now.',
  'page.activation.already': 'The account {sip} is activated already.',
  'page.activation.failed':
    'This link does not work any more: it was used, replaced by a newer one, or is too old. Ask your phone for a new one.',
} as const;
