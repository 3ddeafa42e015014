import type { Operation, Parameter, SchemaComponents } from './document.ts';
import { exampleOf } from './example-of.ts';

/** A call of an operation as a command for a shell, with the examples of the document. */
export function curl(
  method: string,
  path: string,
  operation: Operation,
  components: SchemaComponents,
): string {
  const words = [
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    ...credentials(operation),
    ...(path.startsWith('/api') ? ["-H 'Accept: application/json'"] : []),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'header')
      .map(({ name, example }) => `-H '${name}: ${String(example)}'`),
    ...body(operation, components),
  ];
  return ['curl', ...words, `"$SERVER${fill(path, operation.parameters)}"`].join(' ');
}

/** The path with examples in place of its parameters. */
function fill(path: string, parameters: readonly Parameter[]): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = parameters.find((parameter) => parameter.name === name)?.example;
    return encodeURIComponent(String(example)).replaceAll('%40', '@').replaceAll('%3A', ':');
  });
}

/** The first of the ways that an operation takes and a shell can. */
function credentials({ security }: Operation): string[] {
  const ways = security.flatMap((way) => Object.keys(way));
  if (ways.includes('apiKey')) return ['-H "x-api-key: $KEY"'];
  return ways.includes('session') ? ['-b "$COOKIES"'] : [];
}

function body({ requestBody }: Operation, components: SchemaComponents): string[] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || media === undefined) return [];
  const example = media.example ?? exampleOf(media.schema, components);
  if (type === 'application/json') {
    return [`-H 'Content-Type: ${type}'`, `-d ${quote(JSON.stringify(example))}`];
  }
  if (typeof example !== 'object' || example === null) {
    return [`-H 'Content-Type: ${type}'`, '--data-binary @request.xml'];
  }
  return Object.entries(example).map(
    ([name, value]) => `--data-urlencode ${quote(`${name}=${String(value)}`)}`,
  );
}

/** A text as one word of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
