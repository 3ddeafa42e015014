import { expect, it } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { isTransportEnabled, ListeningPorts, readTransports } from './transports.ts';

/** Remembers what is bound; binding takes a while. */
function slowTransport() {
  const bound = new Set<string>();
  return {
    bound,
    async listen({ protocol, port }: { readonly protocol: string; readonly port: number }) {
      await Promise.resolve();
      if (port === 1) throw new Error('taken');
      const address = { address: '127.0.0.1', port: port === 0 ? 40_000 : port };
      bound.add(`${protocol} ${address.port}`);
      return address;
    },
    async unlisten({ port }: { readonly port: number }, protocol: string) {
      await Promise.resolve();
      bound.delete(`${protocol} ${port}`);
    },
  };
}

it('a stop closes what a change of ports begun before it has opened', async () => {
  const transport = slowTransport();
  const ports = new ListeningPorts(transport, () => '127.0.0.1');
  const changes = [
    ports.open({ udpPort: 5060, tcpPort: 5060, tlsPort: -2 }),
    ports.open({ udpPort: 5070, tcpPort: -2, tlsPort: -2 }),
  ];
  const closed = ports.close();
  await Promise.all([...changes, closed]);
  expect([...transport.bound]).toEqual([]);
  await ports.open({ udpPort: -1, tcpPort: 1, tlsPort: 0 });
  expect([...transport.bound]).toEqual(['udp 40000']);
  expect(ports.used).toEqual({ udpPort: 40_000, tcpPort: 0, tlsPort: 0 });
});

it('listens on the same port of IPv4 and IPv6 where no address is asked for', async () => {
  const asked: { readonly host: string; readonly port: number }[] = [];
  const ports = new ListeningPorts(
    {
      listen: ({ host, port }) => {
        asked.push({ host, port });
        return Promise.resolve({ address: host, port: port === 0 ? 40_000 : port });
      },
      unlisten: () => Promise.resolve(),
    },
    () => '::0',
  );
  await ports.open({ udpPort: -1, tcpPort: 5060, tlsPort: 0 });
  expect(asked).toEqual([
    { host: '::', port: 0 },
    { host: '0.0.0.0', port: 40_000 },
    { host: '::', port: 5060 },
    { host: '0.0.0.0', port: 5060 },
  ]);
});

it('ports of the configuration: defaults, random ones, all off', () => {
  const read = (text: string) => readTransports(ConfigStore.fromString(`[sip]\n${text}\n`));
  expect(read('')).toEqual({ udpPort: -2, tcpPort: -2, tlsPort: -2 });
  expect(read('sip_port=5062\nsip_random_port=1')).toMatchObject({ udpPort: -1, tcpPort: -2 });
  const off = read('sip_port=0\nsip_tcp_port=0\nsip_tls_port=0');
  expect(off).toEqual({ udpPort: 5060, tcpPort: 0, tlsPort: 0 });
  expect(isTransportEnabled(off, 'tls')).toBe(false);
  expect(isTransportEnabled(off, 'wss')).toBe(true);
});
