import { createSocket } from 'node:dgram';
import type { Clock, TimerHandle } from '@dialtone/sip';

const PERIOD_MS = 5000;

/** Finds the address this machine has towards the internet; undefined without a route. */
export type FindLocalAddress = () => Promise<string | undefined>;

/**
 * Notices that the machine moved to another network (`[sip] auto_net_state_mon`, registration.md §2.15):
 * a lost address means down, another address down and up again. A machine that never had a route is
 * left alone: its servers are on itself.
 */
export class NetworkMonitor {
  readonly #clock: Clock;
  readonly #find: FindLocalAddress;
  readonly #setReachable: (reachable: boolean) => void;
  #address: string | undefined;
  #timer: TimerHandle | undefined;
  #running = false;

  constructor(
    clock: Clock,
    setReachable: (reachable: boolean) => void,
    find: FindLocalAddress = findLocalAddress,
  ) {
    this.#clock = clock;
    this.#setReachable = setReachable;
    this.#find = find;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#address = await this.#find();
    this.#schedule();
  }

  stop(): void {
    this.#running = false;
    this.#clock.clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => void this.#check(), PERIOD_MS);
  }

  async #check(): Promise<void> {
    const before = this.#address;
    const now = await this.#find();
    if (!this.#running) return;
    this.#address = now;
    if (now !== before) {
      if (before !== undefined) this.#setReachable(false);
      if (now !== undefined) this.#setReachable(true);
    }
    this.#schedule();
  }
}

/** The source address of the default route; asking the routing table sends nothing. */
async function findLocalAddress(): Promise<string | undefined> {
  return (await sourceAddress('udp4', '192.0.2.1')) ?? sourceAddress('udp6', '2001:db8::1');
}

function sourceAddress(type: 'udp4' | 'udp6', destination: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const finish = (address: string | undefined): void => {
      resolve(address);
      socket.close();
    };
    socket.unref();
    socket.once('error', () => finish(undefined));
    socket.connect(9, destination, () => finish(socket.address().address));
  });
}
