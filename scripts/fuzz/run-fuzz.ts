import { fakeRandom } from '@dialtone/sip/testing';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutate, pick } from './mutate.ts';

export interface FuzzOptions {
  /** Two runs with the same seed see the same inputs. */
  readonly seed: number;
  /** Number of the first input. */
  readonly from?: number;
  /** Ends after so many inputs or milliseconds, whichever comes first. */
  readonly maxInputs?: number;
  readonly maxMs?: number;
}

export interface FuzzFailure {
  /** Number of the input: `from` of a run that starts with it. */
  readonly index: number;
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface FuzzReport {
  readonly inputs: number;
  readonly failure: FuzzFailure | undefined;
}

/** The slowest that reading one input may be; the second try spares busy machines. */
const MAX_INPUT_MS = 250;

/** Gives a target inputs that each depend on nothing but seed and number. */
export async function runFuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, from = 0, maxInputs = Infinity, maxMs = Infinity } = options;
  const close = await target.open?.();
  const end = performance.now() + maxMs;
  let index = from;
  try {
    while (index < from + maxInputs && performance.now() < end) {
      const failure = await runOne(target, seed, index);
      if (failure !== undefined) return { inputs: index - from + 1, failure };
      index += 1;
    }
  } finally {
    await close?.();
  }
  return { inputs: index - from, failure: undefined };
}

async function runOne(
  target: FuzzTarget,
  seed: number,
  index: number,
): Promise<FuzzFailure | undefined> {
  const random = fakeRandom(Math.imul(seed + 1, 0x9e3779b1) ^ index);
  const input = mutate(pick(target.seeds, random) ?? new Uint8Array(), random, target.dictionary);
  const times: number[] = [];
  try {
    do {
      const start = performance.now();
      await target.run(input, random);
      times.push(performance.now() - start);
    } while (times.length < 2 && (times[0] ?? 0) > MAX_INPUT_MS);
  } catch (error) {
    return { index, input, error };
  }
  const best = Math.min(...times);
  if (best <= MAX_INPUT_MS) return undefined;
  return { index, input, error: new Error(`took ${Math.round(best)} ms`) };
}
