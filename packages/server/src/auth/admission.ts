import type { Caller, RequestContext } from '../http/request-context.ts';
import type { ReplyHeaders } from '../http/reply.ts';

/** Leave to enter a route. */
export interface Admission {
  /** Who calls; undefined where nobody is asked. */
  readonly caller: Caller | undefined;
  /** Header fields of the answer, whatever it will be: digest challenges for the next request. */
  readonly headers: ReplyHeaders;
}

/**
 * Decides whether a request may enter a route of one audience.
 * @throws ServiceError or AuthenticationRefused
 */
export type Guard = (context: RequestContext) => Promise<Admission>;

/** One way to prove an identity: the admission, or undefined when its credentials were not presented. */
export type Authenticator = (context: RequestContext) => Promise<Admission | undefined>;
