import type { captcha as english } from '../en/captcha.ts';

export const captcha: Record<keyof typeof english, string> = {
  'page.captcha.working': 'Votre navigateur montre qu’il n’est pas un robot. Un instant…',
  'page.captcha.without_script':
    'Sans scripts, attendez {seconds} secondes avant d’appuyer sur le bouton.',
  'page.creation.title': 'Créer un compte',
  'page.creation.question': 'Continuez si vous voulez créer un compte pour {space}.',
  'page.creation.button': 'Continuer',
  'page.creation.done':
    'Merci. Revenez dans l’application pour terminer la création de votre compte.',
  'page.notice.captcha': 'Nous n’avons pas pu vous distinguer d’un robot. Veuillez réessayer.',
  'page.notice.creation_token':
    "Ce lien n'est pas valable ou a déjà servi. Recommencez dans l'application.",
};
