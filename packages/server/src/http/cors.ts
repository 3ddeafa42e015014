import type { FastifyInstance } from 'fastify';

/** CORS on the API (reference §1.4): any origin, no credentials, whatever a preflight asks for. */
export function allowCrossOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (/^\/api(?:[/?]|$)/.test(request.url)) reply.header('access-control-allow-origin', '*');
    done();
  });
  app.options('/api/*', async (request, reply) => {
    const { headers } = request;
    return reply
      .code(204)
      .headers({
        'access-control-allow-methods': headers['access-control-request-method'] ?? '*',
        'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
        'access-control-max-age': '0',
        'cache-control': 'no-cache, private',
        vary: 'Access-Control-Request-Method, Access-Control-Request-Headers',
      })
      .send();
  });
}
