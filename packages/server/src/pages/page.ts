import { type Locale, translate } from '@dialtone/phrases';
import { hash } from 'node:crypto';
import { html as htmlReply, type Reply, type ReplyHeaders, withHeaders } from '../http/reply.ts';
import type { Space } from '../spaces/space.ts';
import { html, Markup } from './html.ts';
import { styleSheet } from './style.ts';

/** For whom a page is made: their language, and the space whose name and colour it bears. */
export interface PageReader {
  readonly locale: Locale;
  readonly space?: Pick<Space, 'name' | 'themeHue'>;
}

/** A page of ours. It works without scripts, except where one is given. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Program of this page, run after it was read. */
  readonly script?: string | undefined;
  /** Origins, beside our own, whose scripts and frames the page may show. */
  readonly foreignOrigins?: readonly string[] | undefined;
  /** Origins, beside our own, to which a form of the page may lead in the end. */
  readonly formOrigins?: readonly string[] | undefined;
  /** Seconds after which the page loads itself again. */
  readonly refreshSeconds?: number | undefined;
}

const defaultHue = 22;

/** A page as an answer that no other site may frame and that runs no script but its own. */
export function pageReply(
  reader: PageReader,
  page: Page,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: ReplyHeaders } = {},
): Reply {
  const style = styleSheet(reader.space?.themeHue ?? defaultHue);
  return withHeaders(htmlReply(document(reader, page, style), status), {
    'content-security-policy': contentPolicy(page, style),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
}

function document({ locale, space }: PageReader, page: Page, style: string): string {
  const { title, body, script, refreshSeconds } = page;
  const name = space === undefined ? undefined : html`<header>${space.name}</header>`;
  const refresh =
    refreshSeconds === undefined
      ? undefined
      : html`<meta http-equiv="refresh" content="${refreshSeconds}">`;
  const program = script === undefined ? undefined : new Markup(`<script>${script}</script>`);
  return html`<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh}
<title>${space === undefined ? title : `${title} · ${space.name}`}</title>
${new Markup(`<style>${style}</style>`)}
<body>
${name}
<main>
<h1>${title}</h1>
${body}
</main>
${program}
</body>
</html>
`.text;
}

function contentPolicy(
  { script, foreignOrigins = [], formOrigins = [] }: Page,
  style: string,
): string {
  const foreign = foreignOrigins.map((origin) => ` ${origin}`).join('');
  const scripts = `${script === undefined ? '' : ` ${hashSource(script)}`}${foreign}`;
  return [
    "default-src 'none'",
    "img-src 'self' data:",
    `style-src ${hashSource(style)}${foreign}`,
    `script-src${scripts || " 'none'"}`,
    ...(foreign === '' ? [] : [`frame-src${foreign}`, `connect-src${foreign}`]),
    ["form-action 'self'", ...formOrigins].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function hashSource(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`;
}

/** The page a browser shows when a request failed. */
export function errorPage(reader: PageReader, status: number, message: string): Reply {
  const title = translate(reader.locale, 'page.error.title');
  const home = translate(reader.locale, 'page.error.home');
  const body = html`<p>${message}</p><p><a href="/">${home}</a></p>`;
  return pageReply(reader, { title, body }, { status });
}
