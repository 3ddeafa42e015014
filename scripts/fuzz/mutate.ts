import type { Random } from '@dialtone/sip';

const MAX_INPUT_BYTES = 70_000;

type Mutation = (input: Buffer, random: Random, dictionary: readonly string[]) => Uint8Array;

/** `seed` with one to eight changes. */
export function mutate(
  seed: Uint8Array,
  random: Random,
  dictionary: readonly string[],
): Uint8Array {
  let input = Buffer.from(seed);
  for (let changes = 1 + below(random, 8); changes > 0; changes -= 1) {
    const mutation = pick(MUTATIONS, random) ?? cut;
    input = Buffer.from(mutation(input, random, dictionary)).subarray(0, MAX_INPUT_BYTES);
  }
  return input;
}

/** An integer in [0, limit). */
export function below(random: Random, limit: number): number {
  return Math.floor(random.float() * limit);
}

export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[below(random, items.length)];
}

const changeByte: Mutation = (input, random) => {
  if (input.length > 0) input[below(random, input.length)] = below(random, 256);
  return input;
};

const flipBit: Mutation = (input, random) => {
  const at = below(random, input.length);
  if (input.length > 0) input[at] = (input[at] ?? 0) ^ (1 << below(random, 8));
  return input;
};

const insertWord: Mutation = (input, random, dictionary) =>
  insert(
    input,
    below(random, input.length + 1),
    Buffer.from(pick(dictionary, random) ?? '', 'latin1'),
  );

const replaceByWord: Mutation = (input, random, dictionary) => {
  const { start, end } = range(input, random);
  const word = Buffer.from(pick(dictionary, random) ?? '', 'latin1');
  return Buffer.concat([input.subarray(0, start), word, input.subarray(end)]);
};

const removeRange: Mutation = (input, random) => {
  const { start, end } = range(input, random);
  return Buffer.concat([input.subarray(0, start), input.subarray(end)]);
};

const moveRange: Mutation = (input, random) => {
  const { start, end } = range(input, random);
  return insert(input, below(random, input.length + 1), input.subarray(start, end));
};

/** Long runs show what takes more than linear time. */
const repeatRange: Mutation = (input, random) => {
  const { start, end } = range(input, random);
  const part = input.subarray(start, Math.min(end, start + 16));
  if (part.length === 0) return input;
  const times = 2 ** below(random, 13);
  return insert(input, end, Buffer.alloc(Math.min(part.length * times, MAX_INPUT_BYTES), part));
};

const cut: Mutation = (input, random) => input.subarray(0, below(random, input.length + 1));

const MUTATIONS: readonly Mutation[] = [
  changeByte,
  flipBit,
  insertWord,
  insertWord,
  replaceByWord,
  removeRange,
  moveRange,
  repeatRange,
  cut,
];

function insert(input: Buffer, at: number, part: Uint8Array): Uint8Array {
  return Buffer.concat([input.subarray(0, at), part, input.subarray(at)]);
}

function range(input: Buffer, random: Random): { readonly start: number; readonly end: number } {
  const start = below(random, input.length + 1);
  return { start, end: Math.min(input.length, start + below(random, 32)) };
}
