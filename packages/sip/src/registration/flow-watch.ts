import type { Flow } from '../transport/transport.ts';

/** Wants to know when the connection a binding depends on is gone. */
export interface FlowObserver {
  onFlowClosed(flow: Flow): void;
}

/**
 * Tells registrations that their connection was lost although no request was under way
 * (registration.md §2.11). One set per flow: nothing is scanned however many accounts there are.
 */
export class FlowWatch {
  readonly #observers = new WeakMap<Flow, Set<FlowObserver>>();

  attach(flow: Flow, observer: FlowObserver): void {
    let observers = this.#observers.get(flow);
    if (observers === undefined) {
      observers = new Set();
      this.#observers.set(flow, observers);
    }
    observers.add(observer);
  }

  detach(flow: Flow, observer: FlowObserver): void {
    const observers = this.#observers.get(flow);
    if (observers?.delete(observer) === true && observers.size === 0) this.#observers.delete(flow);
  }

  /** Some binding depends on the flow: it is worth being kept alive. */
  isNeeded(flow: Flow): boolean {
    return this.#observers.has(flow);
  }

  /** To be called by the owner of the transport layer, after failing the transactions of the flow. */
  flowClosed(flow: Flow): void {
    const observers = this.#observers.get(flow);
    if (observers === undefined) return;
    this.#observers.delete(flow);
    for (const observer of observers) observer.onFlowClosed(flow);
  }
}
