import type { FastifyReply } from 'fastify';
import type { Reply } from './reply.ts';

/** Writes an answer; every one of them is private to its caller unless it says otherwise. */
export function sendReply(target: FastifyReply, reply: Reply): FastifyReply {
  target.code(reply.status).header('cache-control', 'no-cache, private');
  for (const [name, value] of Object.entries(reply.headers)) {
    target.header(name, typeof value === 'string' ? value : [...value]);
  }
  const { body } = reply;
  // Fastify adds a charset to JSON that no serializer of ours has touched.
  target.serializer((payload: string) => payload);
  return target.send(typeof body === 'string' || body === undefined ? body : Buffer.from(body));
}
