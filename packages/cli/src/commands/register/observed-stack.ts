import type { SipStackFactory } from '@dialtone/client';
import {
  createResolver,
  createTransportLayer,
  createUserAgent,
  type Dns,
  type Flow,
  isTransportError,
  type MessageTrace,
  type NextHop,
  type ResolvedTarget,
  type Resolver,
  TransportError,
  type TransportLayer,
} from '@dialtone/sip';
import { acceptsTcp } from '../../network/accepts-tcp.ts';
import { readServerCertificate } from '../../network/server-certificate.ts';
import { watchUdpRefusal } from '../../network/udp-refusal.ts';
import type { Happening, Report } from './happening.ts';

/** The client's SIP stack over real sockets, telling `report` of every step below registration. */
export function observedStack(dns: Dns, report: Report): SipStackFactory {
  return ({ clock, random, tls, events }) => {
    const refusalWatches = new Map<Flow, () => void>();
    const trace = messageTrace(report);
    const settings = (): { rootsPem?: string } =>
      tls.rootCaData === null ? {} : { rootsPem: tls.rootCaData };
    return createUserAgent({
      clock,
      random,
      resolver: observeResolver(
        createResolver({ clock, random, dns: observeDns(dns, report) }),
        report,
      ),
      createTransport: (listener) =>
        observeTransport(
          createTransportLayer({ clock, random, listener, trace, tls: settings }),
          () => clock.now(),
          report,
          refusalWatches,
        ),
      onFlowClosed: (flow) => {
        refusalWatches.get(flow)?.();
        refusalWatches.delete(flow);
        events.onFlowClosed(flow);
      },
    });
  };
}

function observeDns(dns: Dns, report: Report): Dns {
  const told = new Map<string, string>();
  // Every REGISTER asks, and answers without records are not cached: the same again is no news.
  const tell = (question: Extract<Happening, { kind: 'question' }>): void => {
    const { record, name, answers } = question;
    const text = String(answers);
    if (told.get(`${record} ${name}`) !== text) report(question);
    told.set(`${record} ${name}`, text);
  };
  const ask = async <Answer>(
    record: 'A' | 'AAAA' | 'SRV',
    name: string,
    question: Promise<readonly Answer[]>,
    text: (answer: Answer) => string,
  ): Promise<readonly Answer[]> => {
    try {
      const answers = await question;
      tell({ kind: 'question', record, name, answers: answers.map(text) });
      return answers;
    } catch (error) {
      tell({ kind: 'question', record, name, answers: undefined });
      throw error;
    }
  };
  return {
    resolve4: (name) => ask('A', name, dns.resolve4(name), ({ address }) => address),
    resolve6: (name) => ask('AAAA', name, dns.resolve6(name), ({ address }) => address),
    resolveSrv: (name) =>
      ask('SRV', name, dns.resolveSrv(name), ({ target, port }) => `${target} port ${port}`),
  };
}

function observeResolver(resolver: Resolver, report: Report): Resolver {
  let known = '';
  return {
    async resolve(hop, signal) {
      try {
        const targets = await resolver.resolve(hop, signal);
        const found = JSON.stringify(targets);
        if (found !== known) report({ kind: 'located', targets });
        known = found;
        return targets;
      } catch (error) {
        if (isTransportError(error)) report({ kind: 'not-located', error });
        throw error;
      }
    },
  };
}

function observeTransport(
  transport: TransportLayer,
  now: () => number,
  report: Report,
  refusalWatches: Map<Flow, () => void>,
): TransportLayer {
  const refused = async (target: ResolvedTarget, hop: NextHop, error: unknown): Promise<void> => {
    if (!isTransportError(error) || error.code === 'SIP_ABORTED') return;
    const { address: host, port } = target.remote;
    const certificate = error.code.startsWith('SIP_TLS_')
      ? await readServerCertificate({ host, port, name: hop.certificateName })
      : undefined;
    const accepts = error.code === 'SIP_CONNECT_TIMEOUT' && (await acceptsTcp(target.remote));
    report({ kind: 'not-connected', target, error, certificate, accepts });
  };
  return {
    listen: (options) => transport.listen(options),
    find: (target, hop) => transport.find(target, hop),
    flows: () => transport.flows(),
    disconnect: () => transport.disconnect(),
    unlisten: (address, protocol) => transport.unlisten(address, protocol),
    async close() {
      for (const end of refusalWatches.values()) end();
      await transport.close();
    },
    async connect(target, hop, signal) {
      if (transport.find(target, hop) !== undefined) return transport.connect(target, hop, signal);
      report({ kind: 'connecting', target });
      const since = now();
      try {
        const flow = await transport.connect(target, hop, signal);
        report({ kind: 'connected', target, local: flow.local, durationMs: now() - since });
        if (flow.protocol === 'udp') {
          const watch = watchUdpRefusal(target.remote, (cause) => {
            if (flow.closed || flow.lastReceivedAt !== undefined) return;
            const error = new TransportError('SIP_CONNECT_FAILED', 'No answer by UDP', { cause });
            report({
              kind: 'not-connected',
              target,
              error,
              certificate: undefined,
              accepts: false,
            });
            flow.close(error);
          });
          refusalWatches.set(flow, watch);
        }
        return flow;
      } catch (error) {
        await refused(target, hop, error);
        throw error;
      }
    },
  };
}

function messageTrace(report: Report): MessageTrace {
  let lastRequest: unknown;
  return (direction, message, flow) => {
    const again = direction === 'out' && message === lastRequest;
    if (direction === 'out') lastRequest = message;
    report({ kind: 'message', direction, message, flow, again });
  };
}
