import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';
import type { TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Resolver } from '../transport/dns/resolver.ts';
import type { TransportLayer } from '../transport/transport.ts';
import type { RequestSender } from './pending-request.ts';
import { SentRequest } from './sent-request.ts';

/** What sending a request needs. */
export interface RequestSenderParts {
  readonly transport: Pick<TransportLayer, 'find' | 'connect'>;
  readonly transactions: Pick<TransactionLayer, 'request'>;
  readonly resolver: Resolver;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * `reconnect_to_primary_asap`: take the first address at each request, even when a flow to another
   * one works. Default: stay where it works.
   */
  readonly preferPrimary?: () => boolean;
  /** `use_rport`: ask for the answer at the port the request came from. Default true. */
  readonly useRport?: () => boolean;
}

/** The sending half of a user agent. RFC 3261 §8.1.2, RFC 3263 §4. */
export function createRequestSender(parts: RequestSenderParts): RequestSender {
  return {
    send(nextHop, build, handler, failover) {
      const request = new SentRequest(parts, {
        hop: nextHop,
        build,
        handler,
        failover: failover ?? { statuses: [503], timeout: true },
      });
      request.start();
      return request;
    },
  };
}
