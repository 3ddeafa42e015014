import { describe, expect, it } from 'vitest';
import { runFuzz } from './run-fuzz.ts';
import { FUZZ_TARGETS } from './targets.ts';

/** Enough to notice a reader that breaks at once; `npm run fuzz` looks longer. */
const BOUND = { maxInputs: 1000, maxMs: 2000 };

describe('fuzzing', () => {
  it.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))(
    'finds no defect in what reads %s',
    async (_name, target) => {
      const { failure } = await runFuzz(target, { seed: 1, ...BOUND });
      expect(failure?.error).toBeUndefined();
    },
  );

  it('finds the same defect again from its seed and number', async () => {
    const fragile = {
      name: 'fragile',
      seeds: [Buffer.from('abc')],
      dictionary: ['!'],
      run: (input: Uint8Array) => {
        if (input.includes(0x21)) throw new Error('cannot read !');
      },
    };
    const first = (await runFuzz(fragile, { seed: 5, maxInputs: 1000 })).failure;
    const again = (await runFuzz(fragile, { seed: 5, from: first?.index ?? 0, maxInputs: 1 }))
      .failure;
    expect(first?.error).toBeInstanceOf(Error);
    expect(again?.input).toEqual(first?.input);
  });
});
