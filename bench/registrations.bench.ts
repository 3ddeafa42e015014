import { fork } from 'node:child_process';
import { startKamailio } from '../interop/support/kamailio.ts';
import { runSippClient } from '../interop/support/sipp.ts';
import { type BenchResult, formatTable } from './bench.ts';
import { startBenchServer } from './support/bench-server.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import type { RegisteringOrder, RegisteringReport } from './support/registering-client.ts';
import { insertAccounts, sippUsers } from './support/sip-accounts.ts';

const ACCOUNTS = 10_000;
const IN_FLIGHT = 64;
/** Taken in turn; the best one of each counts. */
const ROUNDS = 4;
/** Goal: bytes an account may take. */
const GOAL_BYTES = 8192;

const users = sippUsers(ACCOUNTS);

interface Round {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** One process of our client that registers every account once. */
export function registerWithDialtone(
  port: number,
  execArgv: readonly string[] = [],
): Promise<RegisteringReport> {
  const child = fork(new URL('support/registering-client.ts', import.meta.url), {
    execArgv: ['--expose-gc', ...execArgv],
  });
  child.send({ accounts: ACCOUNTS, inFlight: IN_FLIGHT, port } satisfies RegisteringOrder);
  return new Promise((resolve, reject) => {
    child.once('message', resolve).once('exit', () => reject(new Error('the client ended')));
  });
}

async function registerWithSipp(target: number): Promise<Round> {
  const start = performance.now();
  let cpu = 0;
  let watch: NodeJS.Timeout | undefined;
  await runSippClient({
    scenario: 'register-only',
    target,
    users,
    rate: 100_000,
    inFlight: IN_FLIGHT,
    onStarted: (pid) => {
      // The last value before it ends; a little is missed.
      watch = setInterval(() => (cpu = Math.max(cpu, cpuSeconds(pid))), 20);
    },
  });
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: ACCOUNTS / seconds, perCpuSecond: ACCOUNTS / cpu };
}

/** 10 000 accounts of one client process registering at Kamailio, beside sipp doing the same. */
export async function run(): Promise<readonly BenchResult[]> {
  await using server = await startBenchServer();
  const { database } = server;
  await insertAccounts(database, ACCOUNTS);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  let bytesPerAccount = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    // A new one each time: it keeps the bindings of every client in a memory of fixed size.
    await using kamailio = await startKamailio({ database, algorithm: 'MD5' });
    const report = await registerWithDialtone(kamailio.port);
    ours.push(report);
    bytesPerAccount = Math.min(bytesPerAccount, report.bytesPerAccount);
    theirs.push(await registerWithSipp(kamailio.port));
  }
  const rows = (group: string, read: (round: Round) => number): BenchResult[] => {
    const [dialtone, sipp] = [ours, theirs].map((rounds) => Math.max(...rounds.map(read)));
    return [
      { group, name: 'dialtone', opsPerSecond: dialtone ?? 0, ratio: 1 },
      { group, name: 'sipp', opsPerSecond: sipp ?? 0, ratio: (sipp ?? 0) / (dialtone ?? 1) },
    ];
  };
  const group = `registered account, of ${ACCOUNTS}`;
  return [
    ...rows('registrations per second at Kamailio', ({ perSecond }) => perSecond),
    ...rows('registrations per CPU second of the client', ({ perCpuSecond }) => perCpuSecond),
    { group, name: 'dialtone', bytes: bytesPerAccount, ratio: 1 },
    { group, name: 'goal', bytes: GOAL_BYTES, ratio: GOAL_BYTES / bytesPerAccount },
  ];
}

if (import.meta.main) console.log(formatTable(await run()));
