import { describe, expect, it } from 'vitest';
import { createResponse } from '../message/response.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { sampleRequest } from '../testing/sample-request.ts';
import { NonInviteServerTransaction } from './non-invite-server-transaction.ts';
import { DEFAULT_TIMERS } from './timers.ts';

function start(protocol: 'udp' | 'tcp') {
  const clock = new FakeClock(0);
  const flow = new RecordingFlow(protocol);
  let terminations = 0;
  const transaction = new NonInviteServerTransaction({
    flow,
    clock,
    timers: DEFAULT_TIMERS,
    onTerminated: () => (terminations += 1),
  });
  const request = sampleRequest();
  return {
    clock,
    transaction,
    respond: (status: number) => transaction.respond(createResponse(request, status)),
    again: () => transaction.receiveAgain(flow),
    statuses: () => flow.sent.map((message) => message.kind === 'response' && message.status),
    terminations: () => terminations,
  };
}

describe('non-INVITE server transaction', () => {
  it('absorbs retransmissions until there is an answer', () => {
    const run = start('udp');
    run.again();
    expect(run.statuses()).toEqual([]);
    expect(run.transaction.state).toBe('trying');
    expect(run.clock.pending).toBe(0);
  });

  it('repeats the last provisional, then the final response', () => {
    const run = start('udp');
    run.respond(100);
    run.again();
    expect(run.transaction.state).toBe('proceeding');
    run.respond(200);
    run.again();
    run.respond(500);
    run.again();
    expect(run.statuses()).toEqual([100, 100, 200, 200, 200]);
    expect(run.transaction.state).toBe('completed');
  });

  it('lives 64 T1 after the final response on UDP', () => {
    const run = start('udp');
    run.respond(200);
    run.clock.advance(31_999);
    expect(run.terminations()).toBe(0);
    run.clock.advance(1);
    expect(run.terminations()).toBe(1);
    run.again();
    expect(run.statuses()).toEqual([200]);
    expect(run.clock.pending).toBe(0);
  });

  it('ends with the final response on a reliable flow', () => {
    const run = start('tcp');
    run.respond(200);
    expect(run.transaction.state).toBe('terminated');
    expect(run.terminations()).toBe(1);
    expect(run.clock.pending).toBe(0);
  });

  it('stops once, without timers', () => {
    const run = start('udp');
    run.respond(200);
    run.transaction.stop();
    run.transaction.stop();
    expect(run.terminations()).toBe(1);
    expect(run.clock.pending).toBe(0);
  });
});
