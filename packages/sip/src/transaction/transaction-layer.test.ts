import { describe, expect, it } from 'vitest';
import { SipParseError } from '../errors/sip-parse-error.ts';
import { createHeaders } from '../message/headers.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { createResponse } from '../message/response.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { sampleRequest } from '../testing/sample-request.ts';
import { type RequestListener, TransactionLayer } from './transaction-layer.ts';

const answer200: RequestListener = (request, _flow, respond) =>
  respond(createResponse(request, 200));

function setUp(onRequest: RequestListener = answer200, maxServerTransactions?: number) {
  const clock = new FakeClock(0);
  const requests: SipRequest[] = [];
  const faults: unknown[] = [];
  const layer = new TransactionLayer({
    clock,
    onFault: (fault) => faults.push(fault),
    onRequest(request, flow, respond) {
      requests.push(request);
      onRequest(request, flow, respond);
    },
    ...(maxServerTransactions !== undefined && { maxServerTransactions }),
  });
  return { clock, layer, requests, faults };
}

function responses(flow: RecordingFlow): SipResponse[] {
  return flow.sent.filter((message) => message.kind === 'response');
}

function sendOptions(layer: TransactionLayer, flow: RecordingFlow, via?: string) {
  const told: string[] = [];
  const request = sampleRequest('OPTIONS', via);
  layer.request(request, flow, {
    onProvisional: (response) => told.push(`${response.status}`),
    onFinal: (response) => told.push(`${response.status}`),
    onTimeout: () => told.push('timeout'),
    onTransportError: (error) => told.push(error.message),
  });
  return { request, told };
}

describe('transaction layer, client side', () => {
  it('matches responses by branch and method, and drops strays', () => {
    const { layer } = setUp();
    const flow = new RecordingFlow('tcp');
    const { request, told } = sendOptions(layer, flow);
    const stray = sampleRequest('OPTIONS', 'SIP/2.0/TCP 198.51.100.7;branch=z9hG4bK.other');
    layer.onMessage(createResponse(stray, 200), flow);
    layer.onMessage(createResponse(sampleRequest('REGISTER'), 200), flow);
    expect(told).toEqual([]);
    layer.onMessage(createResponse(request, 200), flow);
    layer.onMessage(createResponse(request, 200), flow);
    expect(told).toEqual(['200']);
    expect(layer.clientCount).toBe(0);
  });

  it('drops a response with more than one Via', () => {
    const { layer } = setUp();
    const flow = new RecordingFlow();
    const { request, told } = sendOptions(layer, flow);
    const response = createResponse(request, 200);
    const via = 'SIP/2.0/UDP 203.0.113.1;branch=z9hG4bK.proxy';
    const headers = response.headers.with('Via', response.headers.get('Via') ?? '', via);
    layer.onMessage({ ...response, headers }, flow);
    expect(told).toEqual([]);
    layer.close();
  });

  it('fails the requests of a connection that closes, and of no other', () => {
    const { layer, clock } = setUp();
    const [one, other] = [new RecordingFlow('tcp'), new RecordingFlow('tcp')];
    const first = sendOptions(layer, one, 'SIP/2.0/TCP h;branch=z9hG4bK.1');
    const second = sendOptions(layer, one, 'SIP/2.0/TCP h;branch=z9hG4bK.2');
    const third = sendOptions(layer, other, 'SIP/2.0/TCP h;branch=z9hG4bK.3');
    layer.onFlowClosed(one, new Error('reset'));
    expect([first.told, second.told, third.told]).toEqual([['reset'], ['reset'], []]);
    layer.onFlowClosed(other, undefined);
    expect(third.told).toHaveLength(1);
    expect([layer.clientCount, clock.pending]).toEqual([0, 0]);
  });

  it('fails a request on a flow that is closed already', () => {
    const { layer, clock } = setUp();
    const flow = new RecordingFlow('tcp');
    flow.close();
    expect(sendOptions(layer, flow).told).toEqual(['closed']);
    expect([layer.clientCount, clock.pending]).toEqual([0, 0]);
  });
});

describe('transaction layer, server side', () => {
  it('passes a request up once and answers repetitions from memory', () => {
    const { layer, requests, clock } = setUp();
    const flow = new RecordingFlow();
    for (let i = 0; i < 3; i += 1) layer.onMessage(sampleRequest(), flow);
    expect(requests).toHaveLength(1);
    expect(responses(flow).map(({ status }) => status)).toEqual([200, 200, 200]);
    clock.advance(32_000);
    expect([layer.serverCount, clock.pending]).toEqual([0, 0]);
    layer.onMessage(sampleRequest(), flow);
    expect(requests).toHaveLength(2);
  });

  it('tells requests apart by branch, sent-by and method', () => {
    const { layer, requests } = setUp();
    const flow = new RecordingFlow();
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP a.example;branch=z9hG4bK.1'), flow);
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP A.example;branch=z9hG4bK.1'), flow);
    expect(requests).toHaveLength(1);
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP a.example:5061;branch=z9hG4bK.1'), flow);
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP b.example;branch=z9hG4bK.1'), flow);
    layer.onMessage(sampleRequest('MESSAGE', 'SIP/2.0/UDP a.example;branch=z9hG4bK.1'), flow);
    expect(requests).toHaveLength(4);
  });

  it('writes received and rport into the top Via and sends them back', () => {
    const { layer } = setUp();
    const flow = new RecordingFlow();
    const via = 'SIP/2.0/UDP 10.0.0.1:5062;branch=z9hG4bK.nat;rport';
    const below = 'SIP/2.0/TCP 10.0.0.2;branch=z9hG4bK.below';
    const request = sampleRequest('OPTIONS', via);
    layer.onMessage({ ...request, headers: request.headers.with('Via', via, below) }, flow);
    const [top, second] = responses(flow)[0]?.headers.via ?? [];
    expect(top?.params.get('received')).toBe('192.0.2.10');
    expect(top?.params.get('rport')).toBe('5060');
    expect(second?.params.has('received')).toBe(false);
  });

  it('writes received only when the host differs, unless rport is asked for', () => {
    const { layer } = setUp();
    const flow = new RecordingFlow();
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP 192.0.2.10;branch=z9hG4bK.a'), flow);
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP host;branch=z9hG4bK.b'), flow);
    const [same, other] = responses(flow).map(({ headers }) => headers.via[0]?.params);
    expect(same?.has('received')).toBe(false);
    expect(other?.get('received')).toBe('192.0.2.10');
    expect(other?.has('rport')).toBe(false);
  });

  it('refuses branches of RFC 2543', () => {
    const { layer, requests } = setUp();
    const flow = new RecordingFlow();
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP host;branch=1'), flow);
    layer.onMessage(sampleRequest('OPTIONS', 'SIP/2.0/UDP host'), flow);
    expect(responses(flow).map(({ status }) => status)).toEqual([400, 400]);
    expect([requests.length, layer.serverCount]).toEqual([0, 0]);
  });

  it('answers an INVITE without keeping anything, and absorbs ACK', () => {
    const { layer } = setUp((request, _flow, respond) => respond(createResponse(request, 405)));
    const flow = new RecordingFlow();
    layer.onMessage(sampleRequest('INVITE'), flow);
    layer.onMessage(sampleRequest('ACK'), flow);
    expect(responses(flow).map(({ status }) => status)).toEqual([405]);
    expect(layer.serverCount).toBe(0);
  });

  it('answers 501 when nobody handles requests', () => {
    const layer = new TransactionLayer({ clock: new FakeClock() });
    const flow = new RecordingFlow('tcp');
    layer.onMessage(sampleRequest(), flow);
    expect(responses(flow)[0]?.status).toBe(501);
  });

  it('turns a throwing handler into 500, a malformed header into 400', () => {
    const { layer, faults } = setUp((request) => {
      if (request.method === 'MESSAGE') throw new SipParseError('SIP_MALFORMED_HEADER', 'Contact');
      throw new Error('bug');
    });
    const flow = new RecordingFlow('tcp');
    layer.onMessage(sampleRequest('OPTIONS'), flow);
    layer.onMessage(sampleRequest('MESSAGE'), flow);
    expect(responses(flow).map(({ status }) => status)).toEqual([500, 400]);
    expect(faults).toMatchObject([{ message: 'bug' }]);
    expect(layer.serverCount).toBe(0);
  });

  it('answers what is malformed but readable', () => {
    const { layer } = setUp();
    const flow = new RecordingFlow();
    layer.onMalformed(new SipParseError('SIP_UNSUPPORTED_VERSION'), flow, sampleRequest());
    layer.onMalformed(new SipParseError('SIP_MALFORMED_HEADER'), flow, sampleRequest('ACK'));
    layer.onMalformed(new SipParseError('SIP_MALFORMED_HEADER'), flow);
    expect(responses(flow).map(({ status }) => status)).toEqual([505]);
  });

  it('makes room by forgetting the oldest', () => {
    const { layer, clock } = setUp(answer200, 10);
    const flow = new RecordingFlow();
    for (let i = 0; i < 100; i += 1) {
      layer.onMessage(sampleRequest('OPTIONS', `SIP/2.0/UDP h;branch=z9hG4bK.${i}`), flow);
    }
    expect([layer.serverCount, clock.pending]).toEqual([10, 10]);
    layer.close();
    expect([layer.serverCount, clock.pending]).toEqual([0, 0]);
  });

  it('keeps To tags equal over stateless repetitions', () => {
    const { layer } = setUp((request, _flow, respond) => respond(createResponse(request, 486)));
    const flow = new RecordingFlow();
    layer.onMessage(sampleRequest('INVITE'), flow);
    layer.onMessage(sampleRequest('INVITE'), flow);
    const tags = responses(flow).map(({ headers }) => createHeaders(headers.entries()).get('To'));
    expect(tags[0]).toBe(tags[1]);
  });
});
