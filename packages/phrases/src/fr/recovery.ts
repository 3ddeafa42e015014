import type { recovery as english } from '../en/recovery.ts';

export const recovery: Record<keyof typeof english, string> = {
  'page.recovery.title': 'Retrouver votre compte',
  'page.recovery.phone': 'Numéro de téléphone, avec son indicatif (+33…)',
  'page.recovery.email': 'Adresse e-mail de votre compte',
  'page.recovery.username': 'Pseudo ou numéro de téléphone de votre compte',
  'page.recovery.send': 'Envoyer un code',
  'page.recovery.sent_phone': 'Si un compte a ce numéro, un code arrive par SMS.',
  'page.recovery.sent_email': 'Si un compte a cette adresse, un code arrive par e-mail.',
  'page.recovery.code': 'Les quatre chiffres du code',
  'page.recovery.digit': 'Chiffre {position}',
  'page.recovery.wrong_code': 'Ce n’est pas le bon code : {attempts} essais restants.',
  'page.recovery.confirm': 'Confirmer',
  'page.notice.identifier': 'Aucun compte ne peut être retrouvé ainsi.',
  'page.notice.code': 'Un code a déjà été envoyé. Utilisez-le, ou réessayez plus tard.',
  'page.password.title': 'Choisir un mot de passe',
  'page.password.account':
    'Un nouveau mot de passe pour {sip}. Les téléphones qui utilisent l’ancien ne fonctionneront plus.',
  'page.password.current': 'Mot de passe actuel',
  'page.password.new': 'Nouveau mot de passe, 8 caractères ou plus',
  'page.password.repeat': 'Le nouveau mot de passe encore une fois',
  'page.password.save': 'Enregistrer',
  'page.password.link_dead':
    'Ce lien ne fonctionne plus : il a déjà servi ou est trop ancien. Demandez-en un nouveau.',
  'page.notice.password': 'Le mot de passe doit avoir 8 caractères ou plus.',
  'page.notice.password_confirmation': 'Les deux mots de passe diffèrent.',
  'page.notice.current_password': 'Le mot de passe actuel est faux.',
  'page.notice.password_changed': 'Votre mot de passe est changé. Connectez-vous avec le nouveau.',
};
