import type { mail as english } from '../en/mail.ts';

export const mail: Record<keyof typeof english, string> = {
  'mail.greeting': 'Cordialement,',
  'mail.help':
    "Linphone, ses téléchargements et son guide d'utilisation : https://www.linphone.org",
  'mail.validity_minutes': 'Il est valable {minutes} minutes.',
  'mail.validity_hours': 'Il est valable {hours} heures.',
  'mail.email_change.subject': '{space} : confirmez votre adresse e-mail',
  'mail.email_change.code': 'Votre code pour confirmer cette adresse pour {space} :',
  'mail.email_change.ignore': "Si vous ne l'avez pas demandé, ignorez ce message.",
  'mail.provisioning.subject': '{space} : configurez votre téléphone',
  'mail.provisioning.intro': 'Votre compte {sip} est prêt.',
  'mail.provisioning.link': 'Ouvrez ce lien sur votre téléphone, une seule fois :',
  'mail.provisioning.qrcode': 'Ou scannez ce QR code avec Linphone :',
  'mail.reset_password.subject': '{space} : choisissez un nouveau mot de passe',
  'mail.reset_password.intro': 'Un nouveau mot de passe a été demandé pour votre compte {sip}.',
  'mail.reset_password.link': 'Choisissez-le ici, une seule fois :',
  'sms.code': '{space} : votre code est {code}.',
  'sms.code_valid': '{space} : votre code est {code}. Il est valable {minutes} minutes.',
};
