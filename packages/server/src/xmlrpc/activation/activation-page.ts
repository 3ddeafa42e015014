import { type Locale, translate } from '@dialtone/phrases';
import { escapeHtml } from '../../http/error-page.ts';

/** What the page behind an activation link says. */
export type ActivationState = 'question' | 'done' | 'already' | 'failed';

/**
 * The page for one state. The question is a form: programs that open links in mails ahead of their
 * reader only read the page, and activate nothing.
 */
export function activationPage(locale: Locale, state: ActivationState, sip: string): string {
  const title = escapeHtml(translate(locale, 'page.activation.title'));
  const text = escapeHtml(translate(locale, `page.activation.${state}`, { sip }));
  const button = escapeHtml(translate(locale, 'page.activation.button'));
  const form = `<form method="post"><button autofocus>${button}</button></form>\n`;
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1.5rem}button{font:inherit;padding:.5em 1.5em}</style>
<h1>${title}</h1>
<p>${text}</p>
${state === 'question' ? form : ''}</html>
`;
}
