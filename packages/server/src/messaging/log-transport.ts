import type { Logger } from '../log/logger.ts';
import { maskRecipient } from './mask.ts';
import type { Message } from './message.ts';
import type { Transport } from './transport.ts';

/**
 * The default: sends nothing. The log tells that there is a message, never its text, which holds codes
 * and links; an administrator reads that in the outbox table.
 */
export function logTransport(log: Pick<Logger, 'info'>): Transport<Message> {
  return {
    send: async (message, { id }) => {
      const to = maskRecipient(message.to);
      log.info({ kind: message.kind, to, message: id }, 'message kept in the outbox, not sent');
    },
  };
}
