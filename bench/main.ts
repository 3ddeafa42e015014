// All benchmarks, or those named: npm run bench -- [registrar] [sip-messages] …
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BenchResult, formatTable } from './bench.ts';

const SUFFIX = '.bench.ts';
const folder = import.meta.dirname;

/** What every benchmark file exports. */
interface BenchModule {
  readonly run: () => Promise<readonly BenchResult[]>;
}

const available = readdirSync(folder)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .toSorted();
const wanted = process.argv.slice(2);
if (wanted.includes('--help') || wanted.includes('-h')) {
  console.log(`npm run bench -- [NAME …]   all, or those named: ${available.join(', ')}`);
  process.exit();
}
const unknown = wanted.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${available.join(', ')}`);
  process.exit(2);
}

const started = new Date();
const results: Record<string, readonly BenchResult[]> = {};
for (const name of wanted.length > 0 ? wanted : available) {
  console.log(`\n${name}`);
  try {
    const rows = await (await load(name)).run();
    results[name] = rows;
    console.log(formatTable(rows));
  } catch (error) {
    // The others are still worth running.
    console.error(error);
    process.exitCode = 1;
  }
}
console.log(`\n${store()}`);
// A benchmark's servers may still be closing.
process.exit();

async function load(name: string): Promise<BenchModule> {
  const module: unknown = await import(pathToFileURL(join(folder, `${name}${SUFFIX}`)).href);
  if (!isBenchModule(module)) throw new Error(`${name}${SUFFIX} exports no run()`);
  return module;
}

function isBenchModule(module: unknown): module is BenchModule {
  return typeof module === 'object' && module !== null && 'run' in module;
}

/** Writes what was measured, and on what; returns the file. */
function store(): string {
  const [processor] = cpus();
  const machine = { cpu: processor?.model, cores: cpus().length, node: process.version };
  const date = started.toISOString();
  const file = join(folder, 'results', `${date.slice(0, 19).replaceAll(':', '-')}.json`);
  mkdirSync(join(folder, 'results'), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ date, machine, results }, undefined, 2)}\n`);
  return file;
}
