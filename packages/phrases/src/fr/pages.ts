import type { pages as english } from '../en/pages.ts';

export const pages: Record<keyof typeof english, string> = {
  'page.error.title': "Une erreur s'est produite",
  'page.error.home': "Retour à la page d'accueil",
};
