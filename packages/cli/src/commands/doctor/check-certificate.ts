import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readServerCertificate } from '../../network/server-certificate.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

const DAY_MS = 86_400_000;
/** Certificates of public authorities are renewed a month before their end. */
const WARN_DAYS = 21;

const RENEW = 'Renew it, and restart what serves it.';

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The dates of a certificate. */
export function checkDates(
  check: string,
  { validFrom, validTo }: { readonly validFrom: number; readonly validTo: number },
  now: number,
): Finding {
  if (now < validFrom) {
    return fail(check, `begins on ${day(validFrom)} only`, 'Check the clock of this machine.');
  }
  if (now >= validTo) return fail(check, `ended on ${day(validTo)}`, RENEW);
  const days = Math.floor((validTo - now) / DAY_MS);
  if (days < WARN_DAYS) return warn(check, `ends in ${days} days, on ${day(validTo)}`, RENEW);
  return ok(check, `valid until ${day(validTo)}`);
}

/** The certificate that a web server shows. */
export async function checkServedCertificate({ hostname, port }: URL): Promise<Finding> {
  const check = `certificate of ${hostname}`;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const certificate = await readServerCertificate({
    host,
    port: port === '' ? 443 : Number(port),
    name: host,
  });
  if (certificate === undefined) {
    return fail(
      check,
      'no TLS server shows one',
      'Check the reverse proxy and its TLS configuration.',
    );
  }
  return checkDates(check, certificate, Date.now());
}

/** The certificate of the registrar, with its key. */
export async function checkCertificateFiles(
  certificateFile: string,
  keyFile: string,
): Promise<Finding> {
  const check = 'certificate of the registrar';
  const settings = 'Check DIALTONE_SIP_TLS_CERTIFICATE and DIALTONE_SIP_TLS_KEY.';
  try {
    const certificate = new X509Certificate(await readFile(certificateFile));
    if (!certificate.checkPrivateKey(createPrivateKey(await readFile(keyFile)))) {
      return fail(check, `${keyFile} is not the key of ${certificateFile}`, settings);
    }
    const [validFrom, validTo] = [
      certificate.validFromDate.getTime(),
      certificate.validToDate.getTime(),
    ];
    return checkDates(check, { validFrom, validTo }, Date.now());
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const reason = typeof code === 'string' ? ` (${code})` : '';
    return fail(check, `${certificateFile} or ${keyFile} cannot be read${reason}`, settings);
  }
}
