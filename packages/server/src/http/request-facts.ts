import { negotiateLocale } from '@dialtone/phrases';
import type { FastifyRequest } from 'fastify';
import { expectsJson, prefersHtml } from './accepts.ts';
import { hostOfAuthority } from './authority.ts';
import type { RequestFacts } from './request-context.ts';

/** Reads what a request says about itself. */
export function requestFacts(request: FastifyRequest): RequestFacts {
  const { headers } = request;
  const header = (name: string): string | undefined => {
    const value = headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const preferences = {
    accept: headers.accept,
    requestedWith: header('x-requested-with'),
  };
  // Not `request.host`: it would believe X-Forwarded-Host, which selects the tenant.
  const authority = headers.host ?? '';
  // A trusted proxy may pass on what its client says.
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  return {
    method: request.method,
    path: request.url.split('?', 1)[0] ?? '/',
    locale: negotiateLocale(headers['accept-language']),
    ip: request.ip.replace(/^::ffff:(?=\d+\.)/, ''),
    userAgent: headers['user-agent'],
    origin: `${scheme}://${authority}`,
    host: hostOfAuthority(authority),
    expectsJson: expectsJson(preferences),
    prefersHtml: prefersHtml(preferences),
    viaTrustedProxy: (request.ips?.length ?? 0) > 1,
    header,
  };
}
