import { describe, expect, it } from 'vitest';
import { createResponse } from '../message/response.ts';
import { type Answer, accept, silence } from '../testing/index.ts';
import { type RegistrationFixture, registrationFixture } from '../testing/registration-fixture.ts';
import { Registration } from './registration.ts';

/** Says everything four times, and something it should have said before. */
const flood: Answer = (request, flow) => {
  const response = accept({ expiresSeconds: 1 })(request, flow);
  if (response === undefined) return undefined;
  for (let i = 0; i < 3; i += 1) flow.send(response);
  flow.send(createResponse(request, 100));
  return response;
};

/** Answers requests that nobody sent. */
const toOthers: Answer = (request, flow) => {
  const { headers } = request;
  const via = headers.get('Via')?.replace(/branch=[^;]+/, 'branch=z9hG4bK.somebodyelse') ?? '';
  flow.send(createResponse({ ...request, headers: headers.with('Via', via) }, 200));
  flow.send(createResponse({ ...request, headers: headers.with('CSeq', '1 OPTIONS') }, 200));
  return undefined;
};

const ACCOUNTS = 500;

interface Misbehaviour {
  readonly answer: Answer;
  readonly server: string;
  /** Fake time that passes at once, and how often. */
  readonly stepMs: number;
  readonly steps: number;
}

/** Registers until the time is over; returns how many requests the registrar got. */
async function run(f: RegistrationFixture, { answer, server, stepMs, steps }: Misbehaviour) {
  f.registrar.answerAll(answer);
  const registrations = Array.from({ length: ACCOUNTS }, () => {
    return new Registration(f.context, () => undefined);
  });
  for (const registration of registrations) registration.register(f.parameters({ server }));
  let requests = 0;
  for (let step = 0; step < steps; step += 1) {
    await f.clock.advanceAsync(stepMs);
    requests += f.registrar.requests.splice(0).length;
    f.registrar.flows.length = 0;
  }
  for (const registration of registrations) registration.dispose();
  return requests;
}

describe('a hundred thousand requests', () => {
  it.each<[what: string, misbehaviour: Misbehaviour, least: number]>([
    [
      'to a registrar that floods its clients',
      { answer: flood, server: 'sip:192.0.2.10', stepMs: 900, steps: 100 },
      50_000,
    ],
    [
      'to a registrar that answers to others',
      { answer: toOthers, server: 'sip:192.0.2.10;transport=tcp', stepMs: 60_000, steps: 60 },
      25_000,
    ],
    [
      'to a registrar that never answers',
      { answer: silence, server: 'sip:192.0.2.10;transport=tcp', stepMs: 60_000, steps: 80 },
      25_000,
    ],
  ])(
    '%s leave nothing behind',
    async (_what, misbehaviour, least) => {
      const f = registrationFixture();
      expect(await run(f, misbehaviour)).toBeGreaterThanOrEqual(least);
      await f.clock.advanceAsync(40_000);
      expect(f.client.transactions.clientCount).toBe(0);
      await f.client.close();
      await f.registrar.transport.close();
      await f.clock.advanceAsync(4_000_000);
      expect(f.network.openEnds).toBe(0);
      expect(f.clock.pending).toBe(0);
    },
    60_000,
  );
});
