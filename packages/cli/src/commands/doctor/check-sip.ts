import type { Config, Space } from '@dialtone/server';
import { type NextHop, nextHopFor, parseNameAddr, parseUri } from '@dialtone/sip';
import { pingSip } from '../../network/ping-sip.ts';
import { checkCertificateFiles } from './check-certificate.ts';
import { fail, type Finding, ok, reachable } from './finding.ts';

const EMBEDDED = 'registrar';

/** The embedded registrar, when the server runs; without one, the servers that phones are sent to. */
export async function checkSip(
  { sip, provisioning }: Config,
  spaces: readonly Space[],
  running: boolean,
): Promise<readonly Finding[]> {
  if (!sip.registrar) {
    const addresses = spaces.map(
      ({ accountProxyRegistrarAddress, domain }) =>
        accountProxyRegistrarAddress ?? provisioning.sipProxy ?? `sip:${domain};transport=tls`,
    );
    return Promise.all([...new Set(addresses)].map(checkOther));
  }
  const certificate =
    sip.tls === undefined
      ? []
      : [await checkCertificateFiles(sip.tls.certificateFile, sip.tls.keyFile)];
  if (!running) return certificate;
  const host = reachable(sip.host);
  const addresses = [
    `sip:${host}:${sip.port};transport=udp`,
    `sip:${host}:${sip.port};transport=tcp`,
    ...(sip.tls === undefined ? [] : [`sip:${host}:${sip.tls.port};transport=tls`]),
  ];
  return [...certificate, ...(await Promise.all(addresses.map(checkEmbedded)))];
}

async function checkEmbedded(address: string): Promise<Finding> {
  return (await failure(EMBEDDED, address)) ?? ok(EMBEDDED, `answers at ${address}`);
}

async function checkOther(address: string): Promise<Finding> {
  const check = 'SIP server';
  return (await failure(check, address)) ?? ok(check, `${address} answers`);
}

async function failure(check: string, address: string): Promise<Finding | undefined> {
  const hop = hopTo(address);
  if (hop === undefined) {
    return fail(
      check,
      `${address} is no SIP address`,
      'Correct DIALTONE_SIP_PROXY or the registrar address of the space.',
    );
  }
  const answer = await pingSip(hop);
  if (answer.kind === 'answered') return undefined;
  const reason =
    answer.kind === 'silent' ? 'does not answer' : `cannot be reached: ${answer.error.message}`;
  return fail(
    check,
    `${address} ${reason}`,
    'Try "dialtone register sip:USER@DOMAIN --password … --server …", which tells each step.',
  );
}

function hopTo(text: string): NextHop | undefined {
  const uri = parseUri(text) ?? parseNameAddr(text)?.uri ?? parseUri(`sip:${text}`);
  return uri && nextHopFor(uri, () => true);
}
