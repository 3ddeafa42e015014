import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificateAndKey,
  createTransportLayer,
  type ListenOptions,
  RegistrationState,
  systemClock,
  systemRandom,
  TransactionLayer,
} from '@dialtone/sip';
import { accept, FakeDns, TestAuthority } from '@dialtone/sip/testing';
import { Address } from '../address/address.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { ConfigStore } from '../config/config-store.ts';
import type { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { Core } from './core.ts';

const endings: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

let authority: TestAuthority;
let otherAuthority: TestAuthority;
beforeAll(() => {
  authority = TestAuthority.create();
  otherAuthority = TestAuthority.create();
});
afterAll(() => {
  authority[Symbol.dispose]();
  otherAuthority[Symbol.dispose]();
});

/** A registrar that accepts everybody, on loopback; its port. */
async function startRegistrar(options: Omit<ListenOptions, 'host' | 'port'>): Promise<number> {
  const transactions = new TransactionLayer({
    clock: systemClock,
    onRequest: (request, flow, respond) => {
      const response = accept()(request, flow);
      if (response !== undefined) respond(response);
    },
  });
  const transport = createTransportLayer({
    clock: systemClock,
    random: systemRandom,
    listener: transactions,
  });
  endings.push(() => transport.close());
  const { port } = await transport.listen({ ...options, host: '127.0.0.1', port: 0 });
  return port;
}

interface RealCore {
  readonly core: Core;
  readonly states: RegistrationState[];
  /** Resolves when `state` was notified `count` times. */
  reached(state: RegistrationState, count?: number): Promise<void>;
  add(server: string): ProxyConfig;
}

async function startCore(configText = ''): Promise<RealCore> {
  const core = new Core({
    config: ConfigStore.fromString(configText),
    dns: new FakeDns()
      .set('sip.example.org', '127.0.0.1')
      .set('alt.example.org', '127.0.0.1')
      .set('any.wild.example.org', '127.0.0.1'),
  });
  endings.push(() => core.stop());
  const states: RegistrationState[] = [];
  const waiting = new Set<() => void>();
  core.addListener({
    onRegistrationStateChanged: (_core, _config, state) => {
      states.push(state);
      for (const check of waiting) check();
    },
  });
  await core.start();
  return {
    core,
    states,
    async reached(state, count = 1) {
      await new Promise<void>((resolve) => {
        const check = (): void => {
          if (states.filter((seen) => seen === state).length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
    },
    add(server) {
      const config = core.createProxyConfig();
      config.setIdentityAddress(Address.parse('sip:alice@sip.example.org'));
      config.setServerAddr(server);
      core.addProxyConfig(config);
      return config;
    },
  };
}

const { Ok, Failed, Cleared } = RegistrationState;

function countOf(states: readonly RegistrationState[], wanted: RegistrationState): number {
  return states.filter((state) => state === wanted).length;
}

describe('over real sockets', () => {
  it.each(['udp', 'tcp'] as const)('registration 21: %s', async (protocol) => {
    const port = await startRegistrar({ protocol });
    const f = await startCore();
    const config = f.add(`sip:127.0.0.1:${port};transport=${protocol}`);
    await f.reached(Ok);
    expect(config.contact?.domain).toBe('127.0.0.1');
    await f.core.stop();
    expect(countOf(f.states, Cleared)).toBe(1);
  });

  it('registration 61: a fixed local port can be taken over at once', async () => {
    const port = await startRegistrar({ protocol: 'udp' });
    const first = await startCore('[sip]\nsip_port=-1\n');
    const { udpPort } = first.core.transportsUsed;
    expect(udpPort).toBeGreaterThan(0);
    const config = first.add(`sip:127.0.0.1:${port}`);
    await first.reached(Ok);
    expect(config.contact?.port).toBe(udpPort);
    await first.core.stop();
    const second = await startCore(`[sip]\nsip_port=${udpPort}\n`);
    second.add(`sip:127.0.0.1:${port}`);
    await second.reached(Ok);
    expect(second.core.transportsUsed.udpPort).toBe(udpPort);
  });
});

describe('over TLS', () => {
  function startTls(certificate: CertificateAndKey, clientRoots?: string): Promise<number> {
    return startRegistrar({
      protocol: 'tls',
      certificate,
      ...(clientRoots !== undefined && { clientRoots }),
    });
  }

  it('registration 25: known by alternative name, and by wildcard', async () => {
    const alt = await startTls(authority.issue('other', 'DNS:alt.example.org'));
    const wild = await startTls(authority.issue('other', 'DNS:*.wild.example.org'));
    const f = await startCore();
    f.core.tls.rootCaData = authority.certPem;
    f.add(`sip:alt.example.org:${alt};transport=tls`);
    f.add(`sip:any.wild.example.org:${wild};transport=tls`);
    await f.reached(Ok, 2);
    expect(countOf(f.states, Failed)).toBe(0);
  });

  it('registration 26, 28: wrong authority, none, the right one', async () => {
    const port = await startTls(authority.issue('sip.example.org'));
    const f = await startCore();
    f.core.tls.rootCaData = otherAuthority.certPem;
    f.add(`sips:sip.example.org:${port}`);
    await f.reached(Failed);
    f.core.tls.rootCaData = null;
    f.core.refreshRegisters();
    await f.reached(Failed, 2);
    f.core.config.setString('sip', 'root_ca', authority.certPath);
    f.core.refreshRegisters();
    await f.reached(Ok);
    expect(countOf(f.states, Failed)).toBe(2);
  });

  it('registration 27: a subject expression must match a name of the certificate', async () => {
    const port = await startTls(authority.issue('cn.example.org', 'DNS:sip.example.org'));
    const f = await startCore();
    f.core.tls.rootCaData = authority.certPem;
    f.core.config.setString('sip', 'tls_certificate_subject_regexp', 'nothing.*');
    f.add(`sip:sip.example.org:${port};transport=tls`);
    await f.reached(Failed);
    f.core.config.setString('sip', 'tls_certificate_subject_regexp', 'sip\\.example\\.org');
    f.core.refreshRegisters();
    await f.reached(Ok);
    f.core.config.setString('sip', 'tls_certificate_subject_regexp', 'cn\\.example\\.org');
    f.core.networkReachable = false;
    f.core.networkReachable = true;
    await f.reached(Ok, 2);
    expect(countOf(f.states, Ok)).toBe(2);
  });

  it('registration 29: TLS towards a port that speaks none fails in time', async () => {
    const plain: Server = createServer((socket) => socket.on('error', () => undefined));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    endings.push(() => {
      plain.close();
    });
    const bound = plain.address();
    const port = typeof bound === 'object' ? bound?.port : undefined;
    const f = await startCore('[sip]\ntransport_timeout=100\n');
    f.add(`sip:sip.example.org:${port};transport=tls`);
    await f.reached(Failed);
    expect(f.core.proxyConfigList[0]?.errorInfo.code).toBe(503);
  });

  describe('registration 58: with a client certificate', () => {
    const setUps: readonly [string, (core: Core, pem: CertificateAndKey) => void][] = [
      [
        'core-wide PEM',
        (core, { certPem, keyPem }) => {
          core.tls.tlsCert = certPem;
          core.tls.tlsKey = keyPem;
        },
      ],
      [
        'core-wide files',
        (core, pem) => {
          const [cert, key] = writePair(pem);
          core.config.setString('sip', 'client_cert_chain', cert);
          core.config.setString('sip', 'client_cert_key', key);
        },
      ],
      [
        'PEM in an auth info',
        (core, { certPem, keyPem }) => {
          const info = new AuthInfo({ username: 'alice' });
          info.tlsCert = certPem;
          info.tlsKey = keyPem;
          core.addAuthInfo(info);
        },
      ],
      [
        'files in an auth info',
        (core, pem) => {
          const info = new AuthInfo({ username: 'alice' });
          [info.tlsCertPath, info.tlsKeyPath] = writePair(pem);
          core.addAuthInfo(info);
        },
      ],
    ];

    it.each(setUps)('registration 58: %s', async (_name, setUp) => {
      const port = await startTls(authority.issue('sip.example.org'), authority.certPem);
      const f = await startCore();
      f.core.tls.rootCaData = authority.certPem;
      setUp(f.core, authority.issue('alice'));
      f.add(`sips:sip.example.org:${port}`);
      await f.reached(Ok);
      expect(countOf(f.states, Failed)).toBe(0);
    });

    it('without one the registration fails', async () => {
      const port = await startTls(authority.issue('sip.example.org'), authority.certPem);
      const f = await startCore();
      f.core.tls.rootCaData = authority.certPem;
      f.add(`sips:sip.example.org:${port}`);
      await f.reached(Failed);
      expect(countOf(f.states, Ok)).toBe(0);
    });
  });

  function writePair({ certPem, keyPem }: CertificateAndKey): [cert: string, key: string] {
    const cert = authority.certPath.replace('ca.crt', 'client.crt');
    const key = cert.replace('client.crt', 'client.key');
    writeFileSync(cert, certPem);
    writeFileSync(key, keyPem);
    return [cert, key];
  }
});
