/** Something that runs beside the requests, from start to end of the server. */
export interface Worker {
  readonly name: string;
  start(): void | Promise<void>;
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}
