import type { Random } from '@dialtone/sip';

/** Something that reads bytes of strangers. */
export interface FuzzTarget {
  readonly name: string;
  /** Good inputs; fuzzing changes them. */
  readonly seeds: readonly Uint8Array[];
  /** What means something in these inputs, to be put in anywhere. */
  readonly dictionary: readonly string[];
  /** Reads one input. Whatever it throws is a defect: it knows the errors that are answers. */
  run(input: Uint8Array, random: Random): void | Promise<void>;
  /** Opens what the runs need; returns what closes it. */
  open?(): Promise<() => Promise<void>>;
}

/** @throws Error naming the property that does not hold */
export function require(holds: boolean, property: string): void {
  if (!holds) throw new Error(`broken property: ${property}`);
}
