/** An answer as a value: what a handler returns and the pipeline writes. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Text, bytes or nothing. */
  readonly body: string | Uint8Array | undefined;
}

/** Fields added to those an answer has by itself. */
export type ReplyHeaders = Reply['headers'];

// FAM's content types, to the letter: the Linphone SDK refuses JSON that names a charset.
const jsonType = 'application/json';
const textType = 'text/html; charset=UTF-8';

export function json(value: unknown, status = 200): Reply {
  return jsonText(JSON.stringify(value), status);
}

/** JSON that is written already. */
export function jsonText(body: string, status = 200): Reply {
  return { status, headers: { 'content-type': jsonType }, body };
}

/** A bare string the way FAM sends it: labelled `text/html`, whatever it is. */
export function text(value: string, status = 200): Reply {
  return { status, headers: { 'content-type': textType }, body: value };
}

export function empty(status = 200): Reply {
  return { status, headers: status === 204 ? {} : { 'content-type': textType }, body: undefined };
}

/** A document for phones: `application/xml`, no charset. */
export function xml(value: string, headers: ReplyHeaders = {}): Reply {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: value };
}

export function png(bytes: Uint8Array, headers: ReplyHeaders = {}): Reply {
  return { status: 200, headers: { 'content-type': 'image/png', ...headers }, body: bytes };
}

/** Any other content, such as vCards or recordings. */
export function content(
  type: string,
  body: string | Uint8Array,
  headers: ReplyHeaders = {},
  status = 200,
): Reply {
  return { status, headers: { 'content-type': type, ...headers }, body };
}

export function html(value: string, status = 200): Reply {
  return { status, headers: { 'content-type': textType }, body: value };
}

export function redirect(url: string, status = 302): Reply {
  return { status, headers: { location: url, 'content-type': textType }, body: undefined };
}

/** The same answer with more header fields. Cookies add up; of one set twice, the answer's own counts. */
export function withHeaders(reply: Reply, headers: ReplyHeaders): Reply {
  if (Object.keys(headers).length === 0) return reply;
  const { status, body } = reply;
  const all: Record<string, string | readonly string[]> = { ...reply.headers, ...headers };
  if (cookieField in headers && cookieField in reply.headers) {
    all[cookieField] = [headers, reply.headers].flatMap((fields) => fields[cookieField] ?? []);
  }
  return { status, headers: all, body };
}

const cookieField = 'set-cookie';
