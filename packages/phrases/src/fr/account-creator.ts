import type { accountCreator as en } from '../en/account-creator.ts';

export const accountCreator: Readonly<Record<keyof typeof en, string>> = {
  'page.activation.title': 'Activer un compte',
  'page.activation.question': 'Activer le compte {sip} ?',
  'page.activation.button': 'Activer',
  'page.activation.done':
    'Le compte {sip} est activé. Vous pouvez maintenant l’utiliser sur votre téléphone.',
  'page.activation.already': 'Le compte {sip} est déjà activé.',
  'page.activation.failed':
    'Ce lien ne fonctionne plus : il a déjà servi, a été remplacé par un plus récent ou est trop ancien. Demandez-en un nouveau depuis votre téléphone.',
};
