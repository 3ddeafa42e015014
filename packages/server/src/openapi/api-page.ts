import { escapeHtml } from '../pages/html.ts';
import type { Audience, Route } from '../http/route.ts';

const audienceNames: Readonly<Record<Audience, string>> = {
  public: 'everybody',
  account: 'an account',
  provisioning: 'an account (also by certificate)',
  admin: 'an administrator',
  superAdmin: 'a super administrator',
  session: 'a signed-in browser',
};

/** The API as a page to read: every route, by topic, with who may call it and what it answers. */
export function apiPage(routes: readonly Route[]): string {
  const tags = [...new Set(routes.map((route) => route.tag))];
  const topics = tags.map((tag) =>
    topic(
      tag,
      routes.filter((route) => route.tag === tag),
    ),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dialtone API</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code{font:14px/1.5 ui-monospace,monospace}
summary{cursor:pointer;padding:.25rem 0}
summary b{display:inline-block;min-width:4.5rem}
details div{padding:0 0 .5rem 1rem;border-left:3px solid #ddd;margin-left:.4rem}
</style>
<h1>Dialtone API</h1>
<p>Send <code>Accept: application/json</code>, and <code>Content-Type: application/json</code> with a body.
Accounts prove themselves by the header <code>x-api-key</code>, by HTTP digest with their SIP URI in
<code>From</code>, or by a bearer token; administrators by <code>x-api-key</code>.
The same as an <a href="/api/openapi.json">OpenAPI document</a>.</p>
${topics.join('\n')}
</html>
`;
}

function topic(tag: string, routes: readonly Route[]): string {
  return `<h2>${escapeHtml(tag)}</h2>\n${routes.map(entry).join('\n')}`;
}

function entry(route: Route): string {
  const answers = Object.entries(route.responses)
    .map(([status, { description }]) => `<li><code>${status}</code> ${escapeHtml(description)}`)
    .join('');
  return `<details><summary><b>${route.method}</b> <code>${escapeHtml(route.path)}</code> ${escapeHtml(route.summary)}</summary>
<div>For ${audienceNames[route.audience]}.<ul>${answers}</ul></div></details>`;
}
