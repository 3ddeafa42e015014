import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from './build-test-app.ts';

/** A browser without scripts: it keeps cookies and sends the forms of the pages it was given. */
export interface Browser {
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  /** Sends a form of the page last shown, the one that holds these fields if there are several. */
  submit(fields?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  /** Posts fields as they are, without those that a page would add. */
  post(url: string, fields: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  readonly cookies: Map<string, string>;
  /** Where it is after redirects of `submit` or `get` were followed once. */
  follow(response: LightMyRequestResponse): Promise<LightMyRequestResponse>;
}

interface Form {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}

export function openBrowser(
  test: TestApp,
  {
    host = 'sip.example.com',
    always = {},
  }: {
    readonly host?: string;
    /** Header fields of every request. */
    readonly always?: Readonly<Record<string, string>>;
  } = {},
): Browser {
  const cookies = new Map<string, string>();
  let shown = { url: '/', html: '' };

  const send = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<LightMyRequestResponse> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await test.app.inject({
      method,
      url,
      headers: {
        host,
        accept: 'text/html',
        ...always,
        ...(cookie === '' ? {} : { cookie }),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) cookies.delete(name);
      else cookies.set(name, value);
    }
    if (response.statusCode === 200) shown = { url, html: response.body };
    return response;
  };

  const post: Browser['post'] = (url, fields) =>
    send('POST', url, new URLSearchParams(fields).toString());

  return {
    cookies,
    get: (url, headers) => send('GET', url, undefined, headers),
    post,
    submit: (fields = {}) => {
      const form = formsOf(shown).find(({ names }) =>
        Object.keys(fields).every((name) => names.includes(name)),
      );
      if (form === undefined) throw new Error(`${shown.url} shows no such form`);
      return post(form.action, { ...form.fields, ...fields });
    },
    follow: (response) => {
      const { location } = response.headers;
      if (typeof location !== 'string') throw new Error(`no redirect: ${response.statusCode}`);
      return send('GET', location.replace(/^https?:\/\/[^/]+/, ''));
    },
  };
}

function formsOf({ url, html }: { readonly url: string; readonly html: string }): Form[] {
  return [...html.matchAll(/<form method="post"([^>]*)>(.*?)<\/form>/gs)].map(
    ([, attributes = '', body = '']) => {
      const inputs = [...body.matchAll(/<input ([^>]*)>/g)].map(([, text = '']) => ({
        name: /name="([^"]*)"/.exec(text)?.[1] ?? '',
        value: /value="([^"]*)"/.exec(text)?.[1] ?? '',
      }));
      return {
        action: /action="([^"]*)"/.exec(attributes)?.[1] ?? url,
        names: inputs.map(({ name }) => name),
        fields: Object.fromEntries(
          inputs.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]),
        ),
      };
    },
  );
}
