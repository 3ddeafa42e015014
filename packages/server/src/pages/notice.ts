import { isPhraseKey, type Locale, translate } from '@dialtone/phrases';
import { redirect, type Reply } from '../http/reply.ts';
import { html, type Markup } from './html.ts';

/** A page is left with a notice for the next one, by its key in the query. */
export function redirectWithError(path: string, key: string): Reply {
  return redirect(`${path}${path.includes('?') ? '&' : '?'}error=${key}`);
}

/** The notice that the query asks for; nothing when there is none with that key. */
export function notice(locale: Locale, key: string | null | undefined): Markup | undefined {
  const phrase = `page.notice.${key}`;
  if (!isPhraseKey(phrase)) return undefined;
  return html`<p class="notice" role="alert">${translate(locale, phrase)}</p>`;
}
