import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc a second, the same on every Linux of today. */
const TICKS_PER_SECOND = 100;

/** CPU seconds that a process and those it started have used; 0 when it is gone. */
export function cpuSeconds(pid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const family = new Set([pid]);
  // Children come after their parents unless process numbers have wrapped around.
  for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
  const ticks = processes.filter(({ id }) => family.has(id)).map((stat) => stat.ticks);
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

interface ProcessStat {
  readonly id: number;
  readonly parent: number;
  readonly ticks: number;
}

function readStat(id: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The name in parentheses may hold anything; the fields after it are numbers.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { id, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
