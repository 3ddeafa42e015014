import { translate } from '@dialtone/phrases';
import type { Reply } from '../../http/reply.ts';
import { html } from '../../pages/html.ts';
import { type PageReader, pageReply } from '../../pages/page.ts';

/** What the page behind an activation link says. */
export type ActivationState = 'question' | 'done' | 'already' | 'failed';

/**
 * The page for one state. The question is a form: programs that open links in mails ahead of their
 * reader only read the page, and activate nothing.
 */
export function activationPage(reader: PageReader, state: ActivationState, sip: string): Reply {
  const { locale } = reader;
  const text = translate(locale, `page.activation.${state}`, { sip });
  const button = translate(locale, 'page.activation.button');
  const form = html`<form method="post"><button autofocus>${button}</button></form>`;
  const body = html`<p>${text}</p>${state === 'question' ? form : undefined}`;
  const title = translate(locale, 'page.activation.title');
  return pageReply(reader, { title, body }, { status: state === 'failed' ? 410 : 200 });
}
