/** Texts of the few HTML pages the server renders itself. */
export const pages = {
  'page.error.title': 'Something went wrong',
  'page.error.home': 'Back to the start page',
} as const;
