import type { mail as english } from '../en/mail.ts';

export const mail: Record<keyof typeof english, string> = {
  'mail.greeting': 'Cordialement,',
  'mail.help':
    "Linphone, ses téléchargements et son guide d'utilisation : https://www.linphone.org",
  'mail.validity_minutes': 'Il est valable {minutes} minutes.',
  'mail.validity_hours': 'Il est valable {hours} heures.',
  'mail.activation': `Subject: {space} : activez votre compte

Votre compte {sip} attend d’être activé.

Ouvrez ce lien et appuyez sur le bouton :

{link}

Ou saisissez cette clé quand votre téléphone la demande :

{key}

{validity}

Si vous ne l’avez pas créé, ignorez ce message.`,
  'mail.account_recovery': `Subject: {space} : retrouvez votre compte

Quelqu’un souhaite utiliser votre compte {sip} sur un téléphone.

Si c’est vous, saisissez cette clé quand le téléphone la demande :

{key}

{validity}

Si ce n’est pas vous, ignorez ce message et ne communiquez la clé à personne.`,
  'mail.email_change': `Subject: {space} : confirmez votre adresse e-mail

Votre code pour confirmer cette adresse pour {space} :

{code}

{validity}

Si vous ne l’avez pas demandé, ignorez ce message.`,
  'mail.phone_moved': `Subject: {space} : votre numéro a changé de compte

Le numéro {phone} appartenait à votre compte {sip}. Un autre compte a prouvé qu’il reçoit ses SMS, le numéro lui appartient désormais.

Si cela vous surprend, adressez-vous à l’administrateur de {space}.`,
  'mail.provisioning': `Subject: {space} : configurez votre téléphone

Votre compte {sip} est prêt.

Ouvrez ce lien sur votre téléphone, une seule fois :

{link}

Ou scannez ce QR code avec Linphone :

{qrcode}`,
  'mail.recovery_code': `Subject: {space} : votre code

Votre code pour retrouver votre compte {sip} :

{code}

{validity}

Si vous ne l’avez pas demandé, ignorez ce message et ne communiquez le code à personne.`,
  'mail.reset_password': `Subject: {space} : choisissez un nouveau mot de passe

Un nouveau mot de passe a été demandé pour votre compte {sip}.

Choisissez-le ici, une seule fois :

{link}

{validity}`,
  'mail.space_expiring': `Subject: {space} : l’espace expire le {date}

L’espace {space}, que vous administrez, expire le {date} à 00:00 UTC. Jours restants : {days}.

Dès lors, ses téléphones ne peuvent plus s’enregistrer, et personne ne peut plus se connecter ni gérer ses comptes.

Demandez à qui exploite ce serveur de le prolonger.`,
  'sms.code': '{space} : votre code est {code}.',
  'sms.code_valid': '{space} : votre code est {code}. Il est valable {minutes} minutes.',
};
