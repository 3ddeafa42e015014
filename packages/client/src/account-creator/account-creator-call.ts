import { AccountCreatorStatus } from './enums.ts';
import type { AccountCreatorRequest } from './requests.ts';

/** How a request ended. */
export interface AccountCreatorResult {
  readonly status: AccountCreatorStatus;
  /** Raw text of the answer; null when there was none. */
  readonly response: string | null;
}

/** A request in the form of a promise. */
export interface AccountCreatorCall {
  /** What the call answered at once: `RequestOk` means that a final status will follow. */
  readonly provisional: AccountCreatorStatus;
  /**
   * The final status. Never rejects: when nothing was started it repeats the provisional status;
   * when the creator is disposed of first it is `RequestFailed`.
   */
  readonly done: Promise<AccountCreatorResult>;
}

interface OpenCall {
  readonly name: AccountCreatorRequest;
  readonly finish: (result: AccountCreatorResult) => void;
}

/** Brings final statuses to the promises that wait for them. */
export class OpenCalls {
  readonly #open = new Set<OpenCall>();
  /** Open calls for which nobody has announced a result yet, oldest first. */
  readonly #unclaimed = new Set<OpenCall>();
  /** The call whose function runs right now; null when that call has no promise. */
  #starting: OpenCall | null | undefined;

  /** Runs the function of a request nobody awaits. */
  run<T>(invoke: () => T): T {
    return this.#whileStarting(null, invoke);
  }

  /** Runs the function of a request; its result, claimed now or later, settles `done`. */
  start(name: AccountCreatorRequest, invoke: () => AccountCreatorStatus): AccountCreatorCall {
    const { promise: done, resolve } = Promise.withResolvers<AccountCreatorResult>();
    const call: OpenCall = {
      name,
      finish: (result) => {
        this.#open.delete(call);
        this.#unclaimed.delete(call);
        resolve(result);
      },
    };
    this.#open.add(call);
    this.#unclaimed.add(call);
    let provisional: AccountCreatorStatus = AccountCreatorStatus.RequestFailed;
    try {
      provisional = this.#whileStarting(call, invoke);
    } finally {
      if (provisional !== AccountCreatorStatus.RequestOk) {
        call.finish({ status: provisional, response: null });
      }
    }
    return { provisional, done };
  }

  /** True while a promise waits for a result of `name` that nobody has announced. */
  awaits(name: AccountCreatorRequest): boolean {
    return this.#unclaimed.values().some((call) => call.name === name);
  }

  /**
   * Announces a result of `name`: it belongs to the call being started, or, when none is, to the
   * oldest that waits for one. Undefined when nobody awaits it.
   */
  claim(name: AccountCreatorRequest): ((result: AccountCreatorResult) => void) | undefined {
    if (this.#starting === null) return undefined;
    const call =
      this.#starting?.name === name && this.#unclaimed.has(this.#starting)
        ? this.#starting
        : this.#unclaimed.values().find((open) => open.name === name);
    if (call === undefined) return undefined;
    this.#unclaimed.delete(call);
    return call.finish;
  }

  /** Ends every call: their results will not come. */
  abandon(): void {
    for (const call of this.#open) {
      call.finish({ status: AccountCreatorStatus.RequestFailed, response: null });
    }
  }

  #whileStarting<T>(call: OpenCall | null, invoke: () => T): T {
    const outer = this.#starting;
    this.#starting = call;
    try {
      return invoke();
    } finally {
      this.#starting = outer;
    }
  }
}
