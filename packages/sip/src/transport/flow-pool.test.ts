import { expect, it } from 'vitest';
import { sipUri } from '../message/uri.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { FlowPool } from './flow-pool.ts';
import type { NextHop, ResolvedTarget } from './transport.ts';

const target: ResolvedTarget = { protocol: 'tcp', remote: { address: '192.0.2.1', port: 5060 } };
const hop: NextHop = {
  uri: sipUri({ host: 'sip.example.org' }),
  protocol: 'tcp',
  certificateName: 'sip.example.org',
};

/** A pool whose attempts end when the test says so. */
function setUp() {
  const attempts: { readonly signal: AbortSignal; finish(flow: RecordingFlow): void }[] = [];
  const pool = new FlowPool((_target, _hop, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<RecordingFlow>();
    signal.addEventListener('abort', () => setImmediate(() => reject(signal.reason)));
    attempts.push({ signal, finish: resolve });
    return promise;
  });
  return { pool, attempts };
}

it('those who want the same flow share one attempt', async () => {
  const { pool, attempts } = setUp();
  const both = [pool.connect(target, hop), pool.connect(target, hop)];
  const flow = new RecordingFlow('tcp');
  attempts[0]?.finish(flow);
  expect(await Promise.all(both)).toEqual([flow, flow]);
  expect(attempts).toHaveLength(1);
  expect(await pool.connect(target, hop)).toBe(flow);
});

it('nobody joins an attempt that was given up', async () => {
  const { pool, attempts } = setUp();
  const giveUp = new AbortController();
  const first = pool.connect(target, hop, giveUp.signal);
  giveUp.abort(new Error('no longer wanted'));
  const second = pool.connect(target, hop);
  await expect(first).rejects.toThrow('no longer wanted');
  const flow = new RecordingFlow('tcp');
  attempts[1]?.finish(flow);
  expect(await second).toBe(flow);
  expect(attempts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

it('a flow that broke before it was handed out is not kept', async () => {
  const { pool, attempts } = setUp();
  const first = pool.connect(target, hop);
  const broken = new RecordingFlow('tcp');
  broken.close();
  attempts[0]?.finish(broken);
  await expect(first).rejects.toMatchObject({ code: 'SIP_FLOW_BROKEN' });
  expect(pool.find(target, hop)).toBeUndefined();
  const second = pool.connect(target, hop);
  const flow = new RecordingFlow('tcp');
  attempts[1]?.finish(flow);
  expect(await second).toBe(flow);
});

it('disconnecting closes flows and gives up attempts, closing for good', async () => {
  const { pool, attempts } = setUp();
  const open = pool.connect(target, hop);
  const flow = new RecordingFlow('tcp');
  attempts[0]?.finish(flow);
  await open;
  const other = { ...hop, isolationKey: 'alice' };
  const pending = pool.connect(target, other);
  pool.disconnect();
  expect(flow.closed).toBe(true);
  await expect(pending).rejects.toMatchObject({ code: 'SIP_ABORTED' });
  const again = pool.connect(target, other);
  pool.close();
  await expect(again).rejects.toMatchObject({ code: 'SIP_ABORTED' });
  await expect(pool.connect(target, hop)).rejects.toMatchObject({ code: 'SIP_ABORTED' });
});
