import { request as http } from 'node:http';
import { request as https } from 'node:https';

const TIMEOUT_MS = 4000;
const MAX_BODY_BYTES = 64 * 1024;

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** `code`: the system's word, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
  | { readonly kind: 'silent'; readonly code: string };

/** A GET whose Host header may differ from the address it goes to. */
export function askHttp(url: string, host?: string): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? https : http;
    const headers = host === undefined ? {} : { host };
    const request = send(url, { headers, timeout: TIMEOUT_MS, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MAX_BODY_BYTES) request.destroy();
      });
      response.on('close', () =>
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body }),
      );
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error) => {
      const code: unknown = Reflect.get(error, 'code');
      resolve({ kind: 'silent', code: typeof code === 'string' ? code : 'no answer' });
    });
    request.end();
  });
}
