import { pageExpired } from '../errors/service-error.ts';
import type { RequestFacts } from '../http/request-context.ts';
import type { ReplyHeaders } from '../http/reply.ts';
import type { RawInput } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import type { Seal } from '../sealing/seal.ts';
import { readCookie, setCookie } from './cookies.ts';
import { html, type Markup } from './html.ts';

/** Names a browser for as long as it is open, so that only forms that we gave it are accepted from it. */
const browserCookie = 'dialtone_browser';
const browserIdLength = 32;

/** The name of the hidden field. */
export const formTokenField = '_token';

/** What pages with forms need. */
export type FormPlatform = Pick<Platform, 'random'> & { readonly seal: Seal };

/** The hidden field that each form needs, and the header fields its page needs for it. */
export interface FormProof {
  readonly field: Markup;
  readonly headers: ReplyHeaders;
}

type Facts = Pick<RequestFacts, 'header' | 'origin'>;

/** Proof for the forms of a page that they were not made by another site. */
export function proveForm({ seal, random }: FormPlatform, facts: Facts): FormProof {
  const known = browserOf(facts);
  const browser = known ?? random.token(browserIdLength);
  return {
    field: hiddenField(formTokenField, seal.tag('form', browser)),
    headers: known === undefined ? setCookie(facts, browserCookie, browser) : {},
  };
}

/** @throws ServiceError `page.expired` when the form was not given to this browser */
export function checkForm({ seal }: FormPlatform, facts: Facts, raw: RawInput): void {
  const browser = browserOf(facts);
  const token = raw[formTokenField];
  if (browser === undefined || typeof token !== 'string' || !seal.isTag('form', browser, token)) {
    throw pageExpired();
  }
}

export function hiddenField(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function browserOf(facts: Facts): string | undefined {
  const browser = readCookie(facts, browserCookie);
  return browser !== undefined && /^[A-Za-z0-9]{32}$/.test(browser) ? browser : undefined;
}
