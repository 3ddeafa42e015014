import { startKamailio } from '../interop/support/kamailio.ts';
import { runSippClient } from '../interop/support/sipp.ts';
import { type BenchResult, formatTable } from './bench.ts';
import { startBenchServer } from './support/bench-server.ts';
import { cpuSeconds } from './support/cpu-time.ts';
import { insertAccounts, sippUsers } from './support/sip-accounts.ts';

const ACCOUNTS = 5000;
const ROUNDS = 3;

/** What both can serve with time to spare: how much CPU does it take? */
const STEADY = { rate: 2000, calls: 6000 };
/** As fast as it goes; the next request follows an answer. */
const CLOSED = { rate: 100_000, inFlight: 64, calls: 10_000 };

interface Registrar {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
}

interface Round {
  readonly perCpuSecond: number;
  readonly perSecond: number;
}

const users = sippUsers(ACCOUNTS);

/** REGISTER, 401, REGISTER with digest, 200, over UDP. */
async function load({ port, pid }: Registrar, how: typeof STEADY | typeof CLOSED): Promise<Round> {
  const cpuBefore = cpuSeconds(pid);
  const start = performance.now();
  await runSippClient({ scenario: 'register-only', target: port, users, ...how });
  return {
    perCpuSecond: how.calls / (cpuSeconds(pid) - cpuBefore),
    perSecond: (how.calls * 1000) / (performance.now() - start),
  };
}

/** Our registrar beside Kamailio, both over the same SQLite accounts, under the same load of sipp. */
export async function run(): Promise<readonly BenchResult[]> {
  await using server = await startBenchServer();
  const { database } = server;
  await insertAccounts(database, ACCOUNTS);
  await using kamailio = await startKamailio({ database, algorithm: 'MD5' });
  const registrars: readonly Registrar[] = [
    { name: 'dialtone', port: server.sipPort, pid: server.pid },
    { name: 'kamailio', port: kamailio.port, pid: kamailio.pid },
  ];
  const perCpuSecond = registrars.map(() => 0);
  const perSecond = registrars.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, registrar] of registrars.entries()) {
      const steady = await load(registrar, STEADY);
      const closed = await load(registrar, CLOSED);
      perCpuSecond[i] = Math.max(perCpuSecond[i] ?? 0, steady.perCpuSecond);
      perSecond[i] = Math.max(perSecond[i] ?? 0, closed.perSecond);
    }
  }
  const rows = (group: string, values: readonly number[]): BenchResult[] =>
    registrars.map(({ name }, i) => {
      const opsPerSecond = values[i] ?? 0;
      return { group, name, opsPerSecond, ratio: opsPerSecond / (values[0] ?? 1) };
    });
  return [
    ...rows(`registrations per CPU second, at ${STEADY.rate}/s`, perCpuSecond),
    ...rows(`registrations per second, ${CLOSED.inFlight} at once`, perSecond),
  ];
}

if (import.meta.main) console.log(formatTable(await run()));
