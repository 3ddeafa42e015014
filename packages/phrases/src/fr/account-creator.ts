import type { accountCreator as en } from '../en/account-creator.ts';

export const accountCreator: Readonly<Record<keyof typeof en, string>> = {
  'mail.activation.subject': '{space} : activez votre compte',
  'mail.activation.intro': 'Votre compte {sip} attend d’être activé.',
  'mail.activation.link': 'Ouvrez ce lien et appuyez sur le bouton :',
  'mail.activation.key': 'Ou saisissez cette clé quand votre téléphone la demande :',
  'mail.activation.ignore': 'Si vous ne l’avez pas créé, ignorez ce message.',
  'mail.account_recovery.subject': '{space} : retrouvez votre compte',
  'mail.account_recovery.intro': 'Quelqu’un souhaite utiliser votre compte {sip} sur un téléphone.',
  'mail.account_recovery.key': 'Si c’est vous, saisissez cette clé quand le téléphone la demande :',
  'mail.account_recovery.ignore':
    'Si ce n’est pas vous, ignorez ce message et ne communiquez la clé à personne.',
  'mail.phone_moved.subject': '{space} : votre numéro a changé de compte',
  'mail.phone_moved.intro':
    'Le numéro {phone} appartenait à votre compte {sip}. Un autre compte a prouvé qu’il reçoit ses SMS, le numéro lui appartient désormais.',
  'mail.phone_moved.help': 'Si cela vous surprend, adressez-vous à l’administrateur de {space}.',
  'page.activation.title': 'Activer un compte',
  'page.activation.question': 'Activer le compte {sip} ?',
  'page.activation.button': 'Activer',
  'page.activation.done':
    'Le compte {sip} est activé. Vous pouvez maintenant l’utiliser sur votre téléphone.',
  'page.activation.already': 'Le compte {sip} est déjà activé.',
  'page.activation.failed':
    'Ce lien ne fonctionne plus : il a déjà servi, a été remplacé par un plus récent ou est trop ancien. Demandez-en un nouveau depuis votre téléphone.',
};
