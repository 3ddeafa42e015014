import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { type BenchResult, formatTable } from './bench.ts';
import {
  type AccountsServer,
  type MeasuredServer,
  phoneHeaders,
  startAccountsServer,
  startBareServer,
} from './support/provisioning-servers.ts';

const connectionCounts = [1, 16, 64];
/** Rounds of all servers in turn, so that a busy moment hits each of them; medians count. */
const defaultRounds = 5;
const seconds = 1;
/** Tokens handed out at a time: an account's newest one works, so there are no more than accounts. */
const tokensAtOnce = 1000;
/** Tokens must follow each other closely: a server that pauses between them finds its caches cold, and others none. */
const lookEveryMs = 10;
/** The paths of the bare server. */
const bare = { public: '/public', account: '/account' } as const;

/** What a server did under one load. */
interface Measure {
  readonly documents: number;
  readonly ms: number;
  /** Processor time of the server, in microseconds. */
  readonly cpu: number;
}

/** One kind of document. */
interface Kind {
  readonly name: string;
  /** The bare route that sends as much. */
  readonly bare: string;
  readonly measure: (server: AccountsServer, connections: number) => Promise<Measure>;
}

const kinds: readonly Kind[] = [
  {
    name: 'public',
    bare: bare.public,
    measure: (server, connections) =>
      load(server, { url: `${server.url}/provisioning`, connections, headers: phoneHeaders }),
  },
  {
    name: 'me by API key',
    bare: bare.account,
    measure: (server, connections) => {
      const headers = { ...phoneHeaders, 'x-api-key': server.apiKey };
      return load(server, { url: `${server.url}/provisioning/me`, connections, headers });
    },
  },
  { name: 'a token each', bare: bare.account, measure: byTokens },
];

/** Documents by tokens that work once: batch after batch for as long as the other loads last. */
async function byTokens(server: AccountsServer, connections: number): Promise<Measure> {
  let all: Measure = { documents: 0, ms: 0, cpu: 0 };
  while (all.ms < seconds * 1000) {
    const tokens = await server.newTokens(Math.min(tokensAtOnce, server.accounts));
    let next = 0;
    const batch = await load(server, {
      url: server.url,
      connections,
      amount: tokens.length,
      sampleInt: lookEveryMs,
      headers: phoneHeaders,
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            path: `/provisioning/${tokens[next++] ?? ''}`,
          }),
        },
      ],
    });
    all = {
      documents: all.documents + batch.documents,
      ms: all.ms + batch.ms,
      cpu: all.cpu + batch.cpu,
    };
  }
  return all;
}

/** Timed by the answers, from the first to the last: what the generator needs to start is not the server's. */
async function load(server: MeasuredServer, options: autocannon.Options): Promise<Measure> {
  let [documents, first, last] = [0, 0, 0];
  const heard = (): void => {
    last = performance.now();
    if (documents === 0) first = last;
    documents += 1;
  };
  const before = await server.cpu();
  const { non2xx, errors } = await autocannon({
    duration: seconds,
    ...options,
    setupClient: (client) => client.on('response', heard),
  });
  if (non2xx + errors > 0) throw new Error(`${non2xx} refused requests, ${errors} errors`);
  return { documents, ms: last - first, cpu: (await server.cpu()) - before };
}

/** A server under one kind of load, round by round. */
interface Series {
  readonly kind: Kind;
  readonly server: AccountsServer;
  readonly measures: Measure[];
}

async function compare(
  servers: readonly AccountsServer[],
  connections: number,
  rounds: number,
): Promise<readonly BenchResult[]> {
  const all = kinds.flatMap((kind) =>
    servers.map((server): Series => ({ kind, server, measures: [] })),
  );
  const yardsticks = Object.values(bare).map((path) => ({ path, measures: [] as Measure[] }));
  await using plain = await startBareServer(await bodiesOf(servers));
  // The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const { path, measures } of yardsticks) {
      measures.push(await load(plain, { url: `${plain.url}${path}`, connections }));
    }
    for (const { kind, server, measures } of all) {
      measures.push(await kind.measure(server, connections));
    }
  }
  for (const { measures } of [...all, ...yardsticks]) measures.shift();
  return kinds.flatMap((kind) => {
    const group = `documents, ${kind.name}, ${connections} connections`;
    const yardstick = yardsticks.find(({ path }) => path === kind.bare)?.measures ?? [];
    const own = all.filter((series) => series.kind === kind);
    const [smallest = []] = own.map(({ measures }) => measures);
    return [
      ...own.map(({ server, measures }) => ({
        group,
        name: `Dialtone, ${server.accounts.toLocaleString('en')} accounts (${against(measures, smallest)})`,
        opsPerSecond: median(measures.map(rateOf)),
        ratio: medianRatio(measures, yardstick, rateOf),
      })),
      {
        group,
        name: `bare Fastify, same bytes (CPU ${median(yardstick.map(cpuOf)).toFixed(1)} µs)`,
        opsPerSecond: median(yardstick.map(rateOf)),
        ratio: 1,
      },
    ];
  });
}

const rateOf = ({ documents, ms }: Measure): number => (documents * 1000) / ms;
const cpuOf = ({ documents, cpu }: Measure): number => cpu / documents;

/** Processor time of a document; and what more accounts cost, round by round beside the smallest database. */
function against(measures: readonly Measure[], smallest: readonly Measure[]): string {
  const cpu = `CPU ${median(measures.map(cpuOf)).toFixed(1)} µs`;
  if (measures === smallest) return cpu;
  const factor = (of: (measure: Measure) => number): string =>
    `${medianRatio(measures, smallest, of).toFixed(2)}×`;
  return `${cpu}; of the smallest: CPU ${factor(cpuOf)}, rate ${factor(rateOf)}`;
}

/** Median of the ratios within each round. */
function medianRatio(
  measures: readonly Measure[],
  others: readonly Measure[],
  of: (measure: Measure) => number,
): number {
  return median(
    measures.flatMap((measure, round) => {
      const other = others[round];
      return other === undefined ? [] : [of(measure) / of(other)];
    }),
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The bytes that a Dialtone server sends, for the bare one. */
async function bodiesOf([server]: readonly AccountsServer[]): Promise<Record<string, string>> {
  if (server === undefined) return {};
  const get = async (path: string): Promise<string> => {
    const headers = { ...phoneHeaders, 'x-api-key': server.apiKey };
    return (await fetch(`${server.url}${path}`, { headers })).text();
  };
  return {
    [bare.public]: await get('/provisioning'),
    [bare.account]: await get('/provisioning/me'),
  };
}

/**
 * Documents per second against a bare Fastify route that returns the same bytes, on SQLite; ratios are
 * to that. `--accounts 1000,1000000` says how many accounts the databases hold, `--rounds 5` how often
 * each is measured.
 */
export async function run(accounts: readonly number[] = [1000, 1_000_000], rounds = defaultRounds) {
  await using servers = new AsyncDisposableStack();
  const started: AccountsServer[] = [];
  for (const count of accounts) started.push(servers.use(await startAccountsServer(count)));
  const results: BenchResult[] = [];
  for (const connections of connectionCounts) {
    results.push(...(await compare(started, connections, rounds)));
  }
  return results;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { accounts: { type: 'string' }, rounds: { type: 'string' } },
  });
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  console.log(formatTable(await run(values.accounts?.split(',').map(Number), rounds)));
}
