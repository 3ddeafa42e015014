// Fuzzing: npm run fuzz -- [--seconds N] [--target NAME] [--seed S] [--from INPUT] [--inputs N]
import { parseArgs } from 'node:util';
import { type FuzzFailure, runFuzz } from './fuzz/run-fuzz.ts';
import { FUZZ_TARGETS } from './fuzz/targets.ts';

const DEFAULT_SECONDS = 60;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: String(DEFAULT_SECONDS) },
    target: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
    inputs: { type: 'string', default: 'Infinity' },
  },
});

const seed = Number(values.seed);
const targets = FUZZ_TARGETS.filter(({ name }) => (values.target ?? name) === name);
if (targets.length === 0) {
  console.error(`no such target; there are: ${FUZZ_TARGETS.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

console.log(`seed ${seed}`);
for (const target of targets) {
  const { inputs, failure } = await runFuzz(target, {
    seed,
    from: Number(values.from),
    maxInputs: Number(values.inputs),
    maxMs: (Number(values.seconds) * 1000) / targets.length,
  });
  console.log(`${target.name}: ${inputs} inputs, ${failure === undefined ? 'sound' : 'DEFECT'}`);
  if (failure === undefined) continue;
  explain(target.name, failure);
  process.exitCode = 1;
}

function explain(target: string, { index, input, error }: FuzzFailure): void {
  console.error(error);
  console.error(
    `input (JavaScript): ${JSON.stringify(Buffer.from(input).toString('latin1').slice(0, 4000))}`,
  );
  console.error(
    `again: npm run fuzz -- --target ${target} --seed ${seed} --from ${index} --inputs 1`,
  );
}
