import { html, Markup } from '../pages/html.ts';
import { curl } from './curl.ts';
import type { OpenApiDocument, Operation, ResponseObject, SchemaComponents } from './document.ts';
import { exampleOf } from './example-of.ts';

/** An operation with where it is. */
interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const style = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
code,pre{font:14px/1.5 ui-monospace,monospace}
pre{overflow-x:auto;padding:.5rem;background:color-mix(in srgb,currentColor 8%,transparent);border-radius:4px}
nav ul{columns:14rem;padding-left:1rem}
summary{cursor:pointer;padding:.25rem 0}
summary b{display:inline-block;min-width:4.5rem}
details>div{padding:0 0 .5rem 1rem;border-left:3px solid color-mix(in srgb,currentColor 25%,transparent);margin-left:.4rem}
:target>summary{background:color-mix(in srgb,currentColor 12%,transparent)}
th,td{text-align:left;vertical-align:top;padding:.1rem 1rem .1rem 0}
h2{margin-top:2rem}`;

/** The OpenAPI document as a page to read: by topic, or of one topic, every operation with a call to copy. */
export function apiPage(document: OpenApiDocument, only?: string): string {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  const topics = document.tags
    .filter(({ name }) => only === undefined || name === only)
    .map(({ name, description }) => ({
      name,
      description,
      entries: entries.filter(({ operation }) => operation.tags.includes(name)),
    }));
  const title = only === undefined ? 'Dialtone API' : `Dialtone: ${only}`;
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(style)}</style>
<h1>${title}</h1>
${document.info.description.split('\n\n').map((text) => html`<p>${prose(text)}</p>\n`)}
<p>The same as an <a href="/api/openapi.json">OpenAPI document</a>. In the calls below <code>$SERVER</code> is
this server and <code>$KEY</code> an API key.</p>
<nav><ul>${topics.map(({ name }) => html`<li><a href="#${anchor(name)}">${name}</a>`)}</ul></nav>
${topics.map(
  (topic) => html`<h2 id="${anchor(topic.name)}">${topic.name}</h2>
<p>${prose(topic.description ?? '')}</p>
${topic.entries.map((entry) => section(entry, document.components))}`,
)}
</html>
`.text;
}

function section(
  { method, path, operation }: Entry,
  { schemas, responses: shared }: OpenApiDocument['components'],
): Markup {
  const { operationId, summary, description, parameters, responses } = operation;
  const rows = parameters.map(
    (parameter) =>
      html`<tr><td><code>${parameter.name}</code><td>${parameter.in}${parameter.required ? '' : ', optional'}<td>${parameter.description}\n`,
  );
  return html`<details id="${operationId}"><summary><b>${method.toUpperCase()}</b> <code>${path}</code> ${prose(summary)} <a href="#${operationId}">#</a></summary>
<div>${description === undefined ? undefined : html`<p>${prose(description)}</p>`}
<p>For ${callers(operation)}.</p>
${rows.length === 0 ? undefined : html`<table>${rows}</table>`}
<pre>${curl(method, path, operation, schemas)}</pre>
<table>${Object.entries(responses).map(([status, response]) => answer(status, response, shared))}</table>
${sample(responses, schemas)}</div></details>
`;
}

function answer(
  status: string,
  { $ref = '', description }: ResponseObject,
  shared: Readonly<Record<string, ResponseObject>>,
): Markup {
  const text = description ?? shared[$ref.slice($ref.lastIndexOf('/') + 1)]?.description ?? '';
  return html`<tr><td><code>${status}</code><td>${prose(text)}\n`;
}

/** The first JSON answer, as it may look. */
function sample(responses: Operation['responses'], schemas: SchemaComponents): Markup | undefined {
  const json = Object.values(responses)
    .map(({ $ref, content }) => ($ref === undefined ? content?.['application/json'] : undefined))
    .find((media) => media !== undefined);
  if (json === undefined) return undefined;
  const example = json.example ?? exampleOf(json.schema, schemas);
  return html`<pre>${JSON.stringify(example, null, 2)}</pre>`;
}

const wayNames: Readonly<Record<string, string>> = {
  apiKey: 'an API key',
  digest: 'HTTP digest',
  bearer: 'a bearer token',
  certificate: 'a client certificate',
  session: 'the session of a browser',
};

function callers({ security }: Operation): string {
  if (security.length === 0) return 'everybody';
  const ways = security.flatMap((way) => Object.keys(way)).map((way) => wayNames[way] ?? way);
  return `callers with ${ways.join(' or ')}`;
}

function anchor(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Text whose `code` is marked as such. */
function prose(text: string): Markup[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
