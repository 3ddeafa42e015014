import { z } from 'zod';
import { notFound } from '../../errors/service-error.ts';
import { content, png } from '../../http/reply.ts';
import { type Route, route } from '../../http/route.ts';
import type { Platform } from '../../platform.ts';
import { findProvisioningToken } from '../../tokens/use-provisioning-token.ts';
import { ERROR_LEVELS, qrMatrix } from './qr-matrix.ts';
import { qrPng } from './qr-png.ts';
import { qrSvg } from './qr-svg.ts';

const query = z.looseObject({
  format: z.enum(['png', 'svg']).nullish().describe('Default png'),
  size: z.coerce.number().int().min(64).max(2048).nullish().describe('Pixels; default 300'),
  level: z.enum(ERROR_LEVELS).nullish().describe('Error correction; default high'),
});

/** The provisioning URL as an image; nothing is spent (flexiapi-core.md §8.4). */
export function qrRoute(platform: Pick<Platform, 'db' | 'clock' | 'config'>): Route {
  return route({
    method: 'GET',
    path: '/provisioning/qrcode/:provisioning_token',
    audience: 'public',
    tag: 'Provisioning',
    summary: 'QR code of a provisioning URL',
    params: z.object({ provisioning_token: z.string() }),
    query,
    responses: {
      200: { description: 'The code; its text is in X-Qrcode-URL', contentType: 'image/png' },
      404: { description: 'Unknown or spent token' },
      422: { description: 'No such size, level or format' },
    },
    handler: async (context, { params, query }) => {
      const token = params.provisioning_token;
      if ((await findProvisioningToken(platform, token)) === undefined) {
        throw notFound('token.not_found');
      }
      const reset = 'reset_password' in query ? '?reset_password=1' : '';
      const url = `${context.origin}/provisioning/${token}${reset}`;
      const matrix = qrMatrix(url, query.level ?? 'high');
      const size = query.size ?? 300;
      const headers = { 'x-qrcode-url': url };
      return query.format === 'svg'
        ? content('image/svg+xml', qrSvg(matrix, size), headers)
        : png(qrPng(matrix, size), headers);
    },
  });
}
