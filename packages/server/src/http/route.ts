import type { z } from 'zod';
import type { Reply } from './reply.ts';
import type { AuthenticatedContext, RequestContext } from './request-context.ts';

/** Who may call a route, and with which credentials (reference §3.1). */
export const audiences = [
  'public',
  'account',
  'admin',
  'superAdmin',
  'provisioning',
  'session',
] as const;

export type Audience = (typeof audiences)[number];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How the body is read: `json` (forms too), `text` and `binary` whole, `stream` as it arrives. */
export type BodyFormat = 'json' | 'text' | 'binary' | 'stream';

/** At most `limit` calls in `windowSeconds`, counted by `by`. */
export interface RateLimit {
  /** Counter name; routes with the same name share their budget. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly by: 'ip' | 'account';
}

/** Query and body in one namespace, normalised but not yet validated (reference §1.3). */
export type RawInput = Readonly<Record<string, unknown>>;

type Checked<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The validated input of a handler; a part without schema is undefined. */
export interface Input<Params = undefined, Query = undefined, Body = undefined> {
  readonly params: Checked<Params>;
  readonly query: Checked<Query>;
  readonly body: Checked<Body>;
}

type ContextOf<A extends Audience> = A extends 'public' ? RequestContext : AuthenticatedContext;

export interface ResponseSpec {
  readonly description: string;
  /** Shape of a JSON answer; absent for other content. */
  readonly schema?: z.ZodType;
  /** Content type when it is not JSON. */
  readonly contentType?: string;
}

type Schema = z.ZodType | undefined;

interface RouteSpec<A extends Audience, P extends Schema, Q extends Schema, B extends Schema> {
  readonly method: Method;
  /** Full path from the root, parameters as `:name`. */
  readonly path: `/${string}`;
  readonly audience: A;
  readonly summary: string;
  /** What the summary cannot tell, as Markdown. */
  readonly description?: string;
  /** Group in the API page. */
  readonly tag: string;
  readonly params?: P;
  readonly query?: Q;
  /** Header fields that it asks for, with what each is; for the documents only. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: B;
  readonly bodyFormat?: BodyFormat;
  /** Bytes; default 1 MiB, or what the settings say. */
  readonly bodyLimit?: number;
  readonly responses: Readonly<Record<number, ResponseSpec>>;
  readonly rateLimit?: RateLimit;
  /** Runs after authentication and before validation: refusals that come first (reference §3.1 step 4). */
  readonly authorize?: (context: ContextOf<A>, raw: RawInput) => void | Promise<void>;
  readonly handler: (context: ContextOf<A>, input: Input<P, Q, B>) => Reply | Promise<Reply>;
  /** Answers HEAD where GET changes something; without it HEAD is GET without the body. */
  readonly head?: (context: ContextOf<A>, input: Input<P, Q, B>) => Reply | Promise<Reply>;
}

/** A declared endpoint, its types erased: what the pipeline mounts and the documents list. */
export interface Route
  extends Omit<RouteSpec<Audience, Schema, Schema, Schema>, 'authorize' | 'handler' | 'head'> {
  readonly authorize?: (context: RequestContext, raw: RawInput) => void | Promise<void>;
  readonly handler: (context: RequestContext, input: UncheckedInput) => Reply | Promise<Reply>;
  readonly head?: (context: RequestContext, input: UncheckedInput) => Reply | Promise<Reply>;
}

export interface UncheckedInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Declares an endpoint once: validation, the handler's types, the OpenAPI document and docs/routes.md
 * all follow from it.
 */
export function route<
  const A extends Audience,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: RouteSpec<A, P, Q, B>): Route {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pipeline builds the context for `spec.audience` and the input from these very schemas, so the narrower parameter types hold whenever it calls
  return spec as unknown as Route;
}
