import type { Clock, Random } from '@dialtone/sip';
import type { AuthenticationHandler } from './authentication.ts';
import type { CredentialsProvider } from './credentials.ts';

/** How to trust a server and how to present oneself; PEM texts. */
export interface HttpTls {
  /** Certificates to trust instead of the system's. */
  readonly ca?: string | undefined;
  /** Whether the server's certificate must be valid. Default true. */
  readonly verify?: boolean | undefined;
  /** Whether the certificate must be for the host's name. Default true. */
  readonly verifyName?: boolean | undefined;
  /** Client certificate chain and key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
}

/** A request, with everything needed to bring it to its final response. */
export interface HttpRequest {
  /** Absolute; `user:password@` in it answers Digest and Basic challenges. */
  readonly url: string | URL;
  /** Default GET. */
  readonly method?: string;
  /** Sent as given, beside Host and Content-Length. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array | undefined;
  /** Answers 401. Without it only credentials of the URL do. */
  readonly credentials?: CredentialsProvider | undefined;
  /** Whom the request is made for: narrows the search for credentials. */
  readonly identity?: { readonly username: string; readonly domain: string } | undefined;
  /** Called when a challenge cannot be answered; without it the 401 is the response. */
  readonly onUnanswered?: AuthenticationHandler | undefined;
  /** `get-only`: GET and HEAD follow 301, 302 and 307. `manual`: never. Default `get-only`. */
  readonly redirect?: 'get-only' | 'manual';
  /** Refuses plain HTTP, redirections included. Default false. */
  readonly httpsOnly?: boolean;
  readonly tls?: HttpTls | undefined;
  /** Until connected, per attempt. Default 15 000 ms. */
  readonly connectTimeoutMs?: number | undefined;
  /** Without any traffic; a GET is then sent once more. Default 50 000 ms. */
  readonly idleTimeoutMs?: number;
  /** For the whole exchange, waiting for credentials included. Default: none. */
  readonly timeoutMs?: number;
  /** Longest decoded body in bytes. Default 10 MiB. */
  readonly maxBodyBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** Default: the system's. */
  readonly clock?: Clock;
  readonly random?: Random;
}

/** The final response. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The body as UTF-8 text. */
  text(): string;
  /** The URL that answered, after redirections. */
  readonly url: string;
}
