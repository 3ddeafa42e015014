import { describe, expect, it } from 'vitest';
import { createResponse } from '../message/response.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { sampleRequest } from '../testing/sample-request.ts';
import { NonInviteClientTransaction } from './non-invite-client-transaction.ts';
import { DEFAULT_TIMERS } from './timers.ts';

function start(protocol: 'udp' | 'tcp') {
  const clock = new FakeClock(0);
  const flow = new RecordingFlow(protocol);
  const request = sampleRequest();
  const told: string[] = [];
  const transaction = new NonInviteClientTransaction({
    request,
    flow,
    clock,
    timers: DEFAULT_TIMERS,
    user: {
      onProvisional: (response) => told.push(`${response.status}`),
      onFinal: (response) => told.push(`${response.status}`),
      onTimeout: () => told.push('timeout'),
      onTransportError: () => told.push('transport error'),
    },
    onTerminated: () => told.push('terminated'),
  });
  transaction.start();
  const answer = (status: number): void => transaction.receive(createResponse(request, status));
  return { clock, flow, transaction, told, answer };
}

/** Times at which the request went out until the clock stood at `untilMs`. */
function sendTimes(run: ReturnType<typeof start>, untilMs: number): number[] {
  const times: number[] = [];
  let seen = 0;
  for (;;) {
    for (; seen < run.flow.sent.length; seen += 1) times.push(run.clock.now());
    const wait = run.clock.untilNext;
    if (wait === undefined || run.clock.now() + wait > untilMs) return times;
    run.clock.advanceToNext();
  }
}

describe('non-INVITE client transaction', () => {
  it('retransmits on UDP at T1, doubling up to T2, and times out at 64 T1', () => {
    const run = start('udp');
    expect(sendTimes(run, 32_000)).toEqual([
      0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
    ]);
    expect(run.told).toEqual(['terminated', 'timeout']);
    expect(run.transaction.state).toBe('terminated');
    expect(run.clock.pending).toBe(0);
  });

  it('retransmits every T2 once a provisional response arrived', () => {
    const run = start('udp');
    run.answer(100);
    run.answer(183);
    expect(run.transaction.state).toBe('proceeding');
    expect(sendTimes(run, 10_000)).toEqual([0, 500, 4500, 8500]);
    run.clock.advance(32_000);
    expect(run.told).toEqual(['100', '183', 'terminated', 'timeout']);
  });

  it('sends once on a reliable flow and still times out', () => {
    const run = start('tcp');
    expect(sendTimes(run, 40_000)).toEqual([0]);
    expect(run.told).toEqual(['terminated', 'timeout']);
  });

  it.each(['udp', 'tcp'] as const)(
    'ends with the final response on %s; later ones are dropped',
    (protocol) => {
      const run = start(protocol);
      run.answer(200);
      run.answer(200);
      run.answer(100);
      expect(run.told).toEqual(['terminated', '200']);
      expect(run.transaction.state).toBe('terminated');
      expect(run.flow.sent).toHaveLength(1);
      expect(run.clock.pending).toBe(0);
    },
  );

  it('tells the user of a transport error once, and not after the final response', () => {
    const run = start('udp');
    run.flow.failure = new Error('unreachable');
    run.clock.advance(500);
    run.transaction.transportFailed(new Error('again'));
    expect(run.told).toEqual(['terminated', 'transport error']);
    expect(run.clock.pending).toBe(0);

    const answered = start('udp');
    answered.answer(200);
    answered.transaction.transportFailed(new Error('late'));
    expect(answered.told).toEqual(['terminated', '200']);
  });

  it('stops silently', () => {
    const run = start('udp');
    run.transaction.stop();
    run.answer(200);
    run.clock.advance(60_000);
    expect(run.told).toEqual(['terminated']);
    expect(run.clock.pending).toBe(0);
  });
});
