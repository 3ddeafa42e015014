import { describe, expect, it } from 'vitest';
import { sipUri } from '../message/uri.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { linkedTransports } from '../testing/linked-transports.ts';
import { RecordingFlow } from '../testing/recording-flow.ts';
import { KeepAlive } from './keep-alive.ts';

function setUp() {
  const clock = new FakeClock(0);
  const flow = new RecordingFlow('tcp');
  const flows = [flow];
  const keepAlive = new KeepAlive({ clock, flows: () => flows, pongTimeoutMs: 10_000 });
  return { clock, flow, flows, keepAlive };
}

describe('keep-alive', () => {
  it('pings every flow we opened, UDP included, each period', () => {
    const { clock, flow, flows, keepAlive } = setUp();
    const udp = new RecordingFlow('udp');
    const accepted = new RecordingFlow('tcp');
    accepted.accepted = true;
    flows.push(udp, accepted);
    keepAlive.start(30_000);
    clock.advance(90_000);
    expect([flow.pings, udp.pings, accepted.pings]).toEqual([3, 3, 0]);
    keepAlive.stop();
    clock.advance(90_000);
    expect(flow.pings).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it('pings no stream when that is not wanted, but on demand', () => {
    const { clock, flow, flows, keepAlive } = setUp();
    const udp = new RecordingFlow('udp');
    flows.push(udp);
    keepAlive.start(30_000, { streams: false });
    clock.advance(90_000);
    expect([flow.pings, udp.pings]).toEqual([0, 3]);
    keepAlive.pingAll();
    expect(flow.pings).toBe(1);
  });

  it('registration 88: never drops a connection that is not supervised', () => {
    const { clock, flow, keepAlive } = setUp();
    keepAlive.start(30_000);
    clock.advance(300_000);
    expect(flow.closed).toBe(false);
  });

  it('registration 88: keeps a connection on which no pong was ever seen', () => {
    const { clock, flow, keepAlive } = setUp();
    keepAlive.supervise(flow, { afterFirstPong: true });
    keepAlive.start(30_000);
    clock.advance(300_000);
    expect(flow.closed).toBe(false);
  });

  it('registration 88: drops a connection whose pongs stop', () => {
    const { clock, flow, keepAlive } = setUp();
    keepAlive.supervise(flow, { afterFirstPong: true });
    keepAlive.onPong(flow);
    keepAlive.start(30_000);
    clock.advance(30_000);
    flow.lastReceivedAt = clock.now() + 1;
    clock.advance(30_000);
    expect(flow.closed).toBe(false);
    clock.advance(10_000);
    expect(flow.closedWith).toMatchObject({ code: 'SIP_FLOW_BROKEN' });
  });

  it('needs no first pong when told so, and no pong at all from other traffic', () => {
    const { clock, flow, keepAlive } = setUp();
    keepAlive.supervise(flow, { afterFirstPong: false });
    keepAlive.pingAll();
    clock.advance(5000);
    flow.lastReceivedAt = clock.now();
    clock.advance(5000);
    expect(flow.closed).toBe(false);
    keepAlive.pingAll();
    clock.advance(10_000);
    expect(flow.closed).toBe(true);
  });

  it('leaves no timer when flows close', () => {
    const { clock, flow, keepAlive } = setUp();
    keepAlive.supervise(flow, { afterFirstPong: false });
    keepAlive.pingAll();
    keepAlive.onFlowClosed(flow);
    expect(clock.pending).toBe(0);
    keepAlive.supervise(flow, { afterFirstPong: false });
    keepAlive.start(1000);
    clock.advance(1000);
    keepAlive.close();
    expect(clock.pending).toBe(0);
  });

  it('hears the pongs of a real peer through the user agent', async () => {
    const world = linkedTransports();
    const target = { protocol: 'tcp', remote: { address: '192.0.2.10', port: 5060 } } as const;
    const uri = sipUri({ host: '192.0.2.10' });
    const hop = { uri, protocol: 'tcp', certificateName: uri.host } as const;
    const flow = await world.client.transport.connect(target, hop);
    world.client.keepAlive.supervise(flow, { afterFirstPong: true });
    world.client.keepAlive.start(30_000);
    world.clock.advance(95_000);
    expect(flow.closed).toBe(false);
    world.network.answersPings = false;
    world.clock.advance(40_000);
    expect(flow.closed).toBe(true);
  });
});
