import { computeHa1 } from '@dialtone/sip/digest';
import { serveHttp, type TestHttpServer } from '../../http/testing/serve-http.ts';
import { ConfiguringState } from '../../provisioning/configuring-state.ts';
import { documentOf } from '../../provisioning/testing/document-of.ts';
import { GlobalState } from '../global-state.ts';
import { coreFixture, type CoreFixture } from './core-fixture.ts';

/** The domain of the fake registrar. */
export const DOMAIN = 'sip.example.org';
/** Of bob. */
export const HA1 = computeHa1({
  algorithm: 'SHA-256',
  username: 'bob',
  realm: DOMAIN,
  password: 'pw',
});

/** Entries that make the account of bob, and let him authenticate. */
export const ACCOUNT = [
  `!proxy_0/reg_identity=sip:bob@${DOMAIN}`,
  `!proxy_0/reg_proxy=sip:${DOMAIN}`,
] as const;
export const CREDENTIALS = [
  '!auth_info_0/username=bob',
  `!auth_info_0/domain=${DOMAIN}`,
  `!auth_info_0/realm=${DOMAIN}`,
  `!auth_info_0/ha1=${HA1}`,
  '!auth_info_0/algorithm=SHA-256',
] as const;

/** A core that has a provisioning URI. */
export interface Provisioned extends CoreFixture {
  readonly configuring: ConfiguringState[];
  /** Global and configuring states in the order in which they were told. */
  readonly life: string[];
  restart(): Promise<void>;
}

/** A core that is provisioned from `uri` at start; not started yet. */
export async function provisioned(uri: string, config = ''): Promise<Provisioned> {
  const f = await coreFixture({ config, started: false });
  f.core.provisioning.uri = uri;
  const configuring: ConfiguringState[] = [];
  const life: string[] = [];
  f.core.addListener({
    onConfiguringStatus(_core, state) {
      configuring.push(state);
      life.push(nameOf(ConfiguringState, state));
    },
    onGlobalStateChanged: (_core, state) => life.push(nameOf(GlobalState, state)),
  });
  return Object.assign(f, {
    configuring,
    life,
    async restart() {
      await f.stop();
      await f.core.start();
      await f.settle();
    },
  });
}

/** A server that has one document for everybody. */
export async function serveDocument(...entries: readonly string[]): Promise<TestHttpServer> {
  return await serveHttp(() => ({ body: documentOf(...entries) }));
}

function nameOf(states: Readonly<Record<string, number>>, state: number): string {
  return Object.keys(states).find((name) => states[name] === state) ?? '';
}
