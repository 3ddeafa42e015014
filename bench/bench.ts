/** One measured row: a speed or a size. */
export type BenchResult = BenchSpeed | BenchSize;

interface BenchRow {
  /** What is compared: rows of one group do the same work. */
  readonly group: string;
  readonly name: string;
  /** Relative to the first row of the group, which is Dialtone's. */
  readonly ratio: number;
}

export interface BenchSpeed extends BenchRow {
  readonly opsPerSecond: number;
}

export interface BenchSize extends BenchRow {
  readonly bytes: number;
}

/** What to run and how it is called in the table. The first candidate of a group is Dialtone's. */
export interface Candidate {
  readonly name: string;
  /** One operation; its result is kept alive so that it cannot be optimised away. */
  run(): unknown;
}

/**
 * What a speed is counted in. Processor time is for work that never waits: other programs on the machine
 * disturb it less.
 */
export type BenchTime = 'wall' | 'cpu';

export interface CompareOptions {
  /** Rounds per candidate, taken in turn so that a busy moment hits all of them. Default 5. */
  readonly rounds?: number;
  /** Length of one round in milliseconds. Default 200. */
  readonly roundMs?: number;
  /** Default `wall`. */
  readonly time?: BenchTime;
}

/** Measures the candidates of one group; each row is the candidate's best round. */
export async function compare(
  group: string,
  candidates: readonly Candidate[],
  { rounds = 5, roundMs = 200, time = 'wall' }: CompareOptions = {},
): Promise<readonly BenchResult[]> {
  const best = candidates.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [index, candidate] of candidates.entries()) {
      const speed = await measure(candidate, roundMs, time);
      best[index] = Math.max(best[index] ?? 0, speed);
    }
  }
  return candidates.map(({ name }, index) => {
    const opsPerSecond = best[index] ?? 0;
    return { group, name, opsPerSecond, ratio: opsPerSecond / (best[0] ?? opsPerSecond) };
  });
}

/** Results as an aligned table. */
export function formatTable(results: readonly BenchResult[]): string {
  const rows = results.map((result) => [
    result.group,
    result.name,
    formatValue(result),
    `${result.ratio.toFixed(2)}×`,
  ]);
  const table = [['group', 'name', 'result', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ');
  return table.map(line).join('\n');
}

function formatValue(result: BenchResult): string {
  return 'bytes' in result
    ? `${Math.round(result.bytes).toLocaleString('en')} B`
    : `${Math.round(result.opsPerSecond).toLocaleString('en')} /s`;
}

/** Keeps results reachable, as a caller would. */
export const sink: { last: unknown } = { last: undefined };

async function measure(candidate: Candidate, roundMs: number, time: BenchTime): Promise<number> {
  const now = NOW[time];
  const start = now();
  let operations = 0;
  let elapsed = 0;
  while (elapsed < roundMs) {
    for (let turn = 0; turn < 64; turn++) {
      const result = candidate.run();
      sink.last = result instanceof Promise ? await result : result;
    }
    operations += 64;
    elapsed = now() - start;
  }
  return (operations / elapsed) * 1000;
}

/** Milliseconds since some moment. */
const NOW: Readonly<Record<BenchTime, () => number>> = {
  wall: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
