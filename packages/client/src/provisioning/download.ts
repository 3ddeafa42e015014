import { readFile } from 'node:fs/promises';
import { type Clock, type Random, parseUri } from '@dialtone/sip';
import type { AuthenticationHandler } from '../http/authentication.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import { HttpError, type HttpErrorCode } from '../http/http-error.ts';
import type { HttpResponse } from '../http/http-message.ts';
import { httpRequest } from '../http/http-request.ts';
import type { HttpSettings } from '../http/http-settings.ts';
import type { ProvisioningFailure } from './configuring-state.ts';
import type { ProvisioningHeader } from './provisioning-settings.ts';

/** What a provisioning document is asked for with. */
export interface DownloadOptions {
  readonly uri: string;
  readonly headers: readonly ProvisioningHeader[];
  /** `sip:user@domain`, sent as `From`. */
  readonly from: string | undefined;
  readonly userAgent: string;
  readonly credentials: CredentialsProvider | undefined;
  readonly onAuthenticationRequested: AuthenticationHandler | undefined;
  readonly http: HttpSettings;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A document that could not be had. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly failure: ProvisioningFailure;

  constructor(failure: ProvisioningFailure, options?: ErrorOptions) {
    super(failure, options);
    this.failure = failure;
  }
}

const FAILURES: Readonly<Record<HttpErrorCode, ProvisioningFailure>> = {
  // The URI has been looked at before; what is left are schemes such as `httpx:`.
  'http-bad-url': 'http io error',
  'http-bad-header': 'Bad URI',
  'http-insecure': 'http error',
  'http-redirect': 'http error',
  'http-io': 'http io error',
  'http-bad-body': 'http io error',
  'http-timeout': 'http timeout',
  'http-aborted': 'http io error',
};

/**
 * Fetches a provisioning document by `file:` or HTTP (provisioning-client.md §2.4–2.6).
 *
 * @throws DownloadError
 */
export async function downloadProvisioning(options: DownloadOptions): Promise<Uint8Array> {
  const { uri, http } = options;
  if (uri.startsWith('file:')) {
    // Not a URL by the book: the path is taken as it is, without percent-decoding.
    return readFile(uri.slice('file://'.length)).catch((cause: unknown) => {
      throw new DownloadError('Bad URI', { cause });
    });
  }
  if (!isHttpUri(uri)) throw new DownloadError('Bad URI');
  if (uri.startsWith('http:') && http.httpsOnly) throw new DownloadError('invalid request');

  const response = await request(options);
  if (response.status === 401) throw new DownloadError('http auth requested');
  if (response.status !== 200) throw new DownloadError('http error');
  return response.body;
}

async function request(options: DownloadOptions): Promise<HttpResponse> {
  const { uri, headers, from, userAgent, credentials, onAuthenticationRequested } = options;
  const { http, clock, random, signal } = options;
  try {
    return await httpRequest({
      url: uri,
      headers: [
        ['User-Agent', userAgent],
        ['X-Linphone-Provisioning', '1'],
        ...headers,
        ...(from === undefined ? [] : [['From', from] as const]),
      ],
      credentials,
      identity: from === undefined ? undefined : identityOf(from),
      onUnanswered: onAuthenticationRequested,
      signal,
      ...http,
      ...(clock === undefined ? {} : { clock }),
      ...(random === undefined ? {} : { random }),
    });
  } catch (cause) {
    if (!(cause instanceof HttpError)) throw cause;
    throw new DownloadError(FAILURES[cause.code], { cause });
  }
}

/** A scheme that begins with `http`, in lower case, and a host. */
function isHttpUri(uri: string): boolean {
  return /^http[a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?[^/?#@:]/.test(uri);
}

function identityOf(from: string): { username: string; domain: string } | undefined {
  const uri = parseUri(from);
  return uri?.user === undefined ? undefined : { username: uri.user, domain: uri.host };
}
