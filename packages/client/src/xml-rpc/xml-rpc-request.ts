import { encodeMethodCall, intValue, stringValue } from '@dialtone/contract';
import type { XmlRpcValue } from '@dialtone/contract';
import { callSafely } from '../call-safely.ts';
import { ListenerList } from '../listener-list.ts';
import { XmlRpcStatus } from './enums.ts';
import type { XmlRpcArgType } from './enums.ts';
import { failedOutcome, readOutcome } from './outcome.ts';
import type { XmlRpcOutcome } from './outcome.ts';

/** Told once, when the request is over. */
export interface XmlRpcRequestListener {
  onResponse?(request: XmlRpcRequest): void;
}

/** One method call and, later, its answer (xmlrpc.md §1.1). Sent by `XmlRpcSession`. */
export class XmlRpcRequest {
  readonly returnType: XmlRpcArgType;
  readonly method: string;
  /**
   * The single listener, told before those of `addListener`.
   *
   * @deprecated Use `addListener`.
   */
  readonly callbacks: XmlRpcRequestListener = {};
  readonly #params: XmlRpcValue[] = [];
  readonly #listeners = new ListenerList<XmlRpcRequestListener>();
  #status: XmlRpcStatus = XmlRpcStatus.Pending;
  #outcome: XmlRpcOutcome = failedOutcome;
  #rawResponse: string | null = null;

  constructor(returnType: XmlRpcArgType, method: string) {
    this.returnType = returnType;
    this.method = method;
  }

  /** Appends an `<int>`, a signed 32-bit number. */
  addIntArg(value: number): this {
    this.#params.push(intValue(value));
    return this;
  }

  /** Appends a `<string>`; null becomes the empty string. */
  addStringArg(value: string | null): this {
    this.#params.push(stringValue(value));
    return this;
  }

  addListener(listener: XmlRpcRequestListener): void {
    this.#listeners.add(listener);
  }

  removeListener(listener: XmlRpcRequestListener): void {
    this.#listeners.remove(listener);
  }

  /** The listener being told right now; null otherwise, and for `callbacks`. */
  get currentListener(): XmlRpcRequestListener | null {
    return this.#listeners.current;
  }

  get status(): XmlRpcStatus {
    return this.#status;
  }

  /**
   * The XML document that is sent.
   *
   * @throws XmlRpcError when the method name or an integer cannot be written.
   */
  get content(): string {
    return encodeMethodCall({ methodName: this.method, params: this.#params });
  }

  /** The number answered to an Int request; null until then. */
  get intResponse(): number | null {
    return this.#outcome.int;
  }

  /** The text answered to a String request, or instead of a struct. */
  get stringResponse(): string | null {
    return this.#outcome.string;
  }

  /** The member texts answered to a StringStruct request, in document order. */
  get listResponse(): readonly string[] | null {
    return this.#outcome.members?.map(([, text]) => text) ?? null;
  }

  /** The same by member name. */
  get structResponse(): ReadonlyMap<string, string> | null {
    return this.#outcome.members && new Map(this.#outcome.members);
  }

  /** Body of a 200 answer, whatever it contains. */
  get rawResponse(): string | null {
    return this.#rawResponse;
  }

  /** Makes a sent request sendable again. @internal */
  restart(): void {
    this.#status = XmlRpcStatus.Pending;
    this.#outcome = failedOutcome;
    this.#rawResponse = null;
  }

  /** Ends the request with the body of a 200 answer, or null when there was none. @internal */
  finish(body: string | null): void {
    this.#rawResponse = body;
    this.#outcome = body === null ? failedOutcome : readOutcome(this.returnType, body);
    this.#status = this.#outcome.ok ? XmlRpcStatus.Ok : XmlRpcStatus.Failed;
    callSafely(() => this.callbacks.onResponse?.(this));
    this.#listeners.notify((listener) => listener.onResponse?.(this));
  }
}
