import type { FastifyReply, FastifyRequest } from 'fastify';

/** Time a client gets to read the answer before it is cut off. */
const lingerMs = 1000;

/**
 * Ends the connection of a client that is answered while it still sends: its body is not wanted,
 * and might never end.
 */
export function leaveUnread(request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.readableEnded || request.body === undefined) return;
  reply.header('connection', 'close');
  reply.raw.once('finish', () => {
    setTimeout(() => raw.readableEnded || raw.destroy(), lingerMs).unref();
  });
}
