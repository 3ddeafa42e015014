import type { Locale } from '@dialtone/phrases';
import type { Space } from '../spaces/space.ts';

/** How a caller proved who they are. */
export type AuthenticationMethod = 'api-key' | 'digest' | 'bearer' | 'certificate' | 'session';

/** The account that makes the request. */
export interface Caller {
  readonly accountId: number;
  readonly username: string;
  readonly domain: string;
  /** Administrator of its own domain. */
  readonly admin: boolean;
  /** Administrator whose own space is a super space. */
  readonly superAdmin: boolean;
  readonly blocked: boolean;
  readonly method: AuthenticationMethod;
}

/** What the request line and header fields say, before anything was looked up. */
export interface RequestFacts {
  /** `GET`, `HEAD`, `POST`, … */
  readonly method: string;
  /** Path as sent, without query. */
  readonly path: string;
  readonly locale: Locale;
  /** Address of the client, behind trusted proxies its real one. */
  readonly ip: string;
  readonly userAgent: string | undefined;
  /** `scheme://host[:port]` of this request, for absolute URLs. */
  readonly origin: string;
  /** The host it is addressed to: lower case, no port; undefined when the Host field names none. */
  readonly host: string | undefined;
  /** Whether the client expects JSON (reference §1.2). */
  readonly expectsJson: boolean;
  /** Whether the client is a browser showing a page. */
  readonly prefersHtml: boolean;
  /** Whether the message came from a trusted reverse proxy, whose own header fields may be believed. */
  readonly viaTrustedProxy: boolean;
  /** A request header field by its name in any case; repeated fields are joined with `, `. */
  header(name: string): string | undefined;
}

/** What a handler knows about the request besides its checked input. */
export interface RequestContext extends RequestFacts {
  /** The tenant, found by the Host header. */
  readonly space: Space;
  /** Who calls; undefined on public routes. */
  readonly caller: Caller | undefined;
}

/** The context on routes that ask for credentials. */
export interface AuthenticatedContext extends RequestContext {
  readonly caller: Caller;
}
