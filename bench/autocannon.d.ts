/** The part of autocannon that the benchmarks use; it brings no types of its own. */
declare module 'autocannon' {
  namespace autocannon {
    interface Client {
      setHeaders(headers: Readonly<Record<string, string>>): void;
      on(event: 'response', listener: () => void): void;
    }
    interface Request {
      readonly path?: string;
      readonly body?: string;
    }
    interface Options {
      readonly url: string;
      readonly connections?: number;
      /** Seconds. */
      readonly duration?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Requests after which the run ends. */
      readonly amount?: number;
      /** Milliseconds between two looks at whether they are done. */
      readonly sampleInt?: number;
      readonly requests?: readonly {
        readonly method?: 'POST';
        readonly path?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly setupRequest?: (request: Request) => Request;
      }[];
      readonly setupClient?: (client: Client) => void;
    }
    interface Result {
      readonly requests: { readonly average: number; readonly total: number };
      /** Milliseconds. */
      readonly latency: { readonly p50: number; readonly p99: number };
      readonly non2xx: number;
      readonly errors: number;
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export default autocannon;
}
