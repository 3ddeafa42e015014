import type { Locale } from '@dialtone/phrases';
import { html, type Markup } from '../pages/html.ts';
import { inputText } from '../pages/page-route.ts';
import { speak } from '../pages/speak.ts';

const minimum = 8;
/** Longer ones are no passwords but work for the hash. */
const maximum = 256;

/** The fields that choose a password. */
export const passwordFields = { password: inputText, password_confirmation: inputText };

/** A password that was typed twice alike, or the key of the notice that says why it is none. */
export function chosenPassword(fields: {
  readonly password: string | undefined;
  readonly password_confirmation: string | undefined;
}): { readonly password: string } | { readonly error: 'password' | 'password_confirmation' } {
  const { password = '', password_confirmation } = fields;
  if (password.length < minimum || password.length > maximum) return { error: 'password' };
  if (password !== password_confirmation) return { error: 'password_confirmation' };
  return { password };
}

/** The inputs for them. */
export function passwordInputs(locale: Locale): Markup {
  const say = speak(locale);
  return html`<label for="password">${say('page.password.new')}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required minlength="${minimum}" maxlength="${maximum}">
<label for="password_confirmation">${say('page.password.repeat')}</label>
<input id="password_confirmation" name="password_confirmation" type="password" autocomplete="new-password" required>`;
}
