import { parseUri } from '@dialtone/sip';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import type { XmlRpcArgType } from './enums.ts';
import { XmlRpcRequest } from './xml-rpc-request.ts';

/** What a session needs; `Core.createXmlRpcSession` fills it in. */
export interface XmlRpcSessionOptions {
  /** Where requests are posted, unchanged. */
  readonly url: string;
  /** Sends one HTTP request, challenges answered; rejects when there is no response. */
  readonly http: (request: HttpRequest) => Promise<HttpResponse>;
  /** SIP URI for the From header, asked at every request; undefined: no header. */
  readonly from?: (() => string | undefined) | undefined;
  /** Until the whole answer is there. Default 30 000 ms (X1). */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** Sends XML-RPC requests to one URL; holds no connection (xmlrpc.md §1). */
export class XmlRpcSession {
  readonly url: string;
  readonly #options: XmlRpcSessionOptions;
  readonly #released = new AbortController();

  constructor(options: XmlRpcSessionOptions) {
    this.url = options.url;
    this.#options = options;
  }

  createRequest(returnType: XmlRpcArgType, method: string): XmlRpcRequest {
    return new XmlRpcRequest(returnType, method);
  }

  /**
   * Sends `request`; its listeners are told when it is over, during this call when the URL cannot
   * be parsed. The promise settles at the same time and never rejects. Whatever keeps the server
   * from answering 200 with a usable result makes the request Failed (X1, X2).
   *
   * @throws XmlRpcError when the request cannot be written.
   */
  sendRequest(request: XmlRpcRequest): Promise<void> {
    const body = request.content;
    request.restart();
    if (!URL.canParse(this.url)) {
      if (!this.#released.signal.aborted) request.finish(null);
      return Promise.resolve();
    }
    return this.#exchange(request, body);
  }

  /** Silences every pending request: no listener of theirs will be told. */
  release(): void {
    this.#released.abort();
  }

  async #exchange(request: XmlRpcRequest, body: string): Promise<void> {
    const answer = await this.#post(body).catch(() => null);
    if (this.#released.signal.aborted) return;
    request.finish(answer);
  }

  /** The body of a 200 answer; null for any other. */
  async #post(body: string): Promise<string | null> {
    const from = this.#options.from?.();
    const uri = from === undefined ? undefined : parseUri(from);
    const request: HttpRequest = {
      url: this.url,
      method: 'POST',
      headers: { 'Content-Type': 'text/xml', ...(from !== undefined && { From: from }) },
      body,
      identity: uri?.user === undefined ? undefined : { username: uri.user, domain: uri.host },
      timeoutMs: this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: this.#released.signal,
    };
    const response = await this.#options.http(request);
    return response.status === 200 ? response.text() : null;
  }
}
