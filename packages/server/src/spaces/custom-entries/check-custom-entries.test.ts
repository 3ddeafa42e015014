import { describe, expect, it } from 'vitest';
import { checkCustomEntries } from './check-custom-entries.ts';
import { remarkText } from './entries-remark.ts';

const faults = (text: string) =>
  checkCustomEntries(text).faults.map((fault) => remarkText('en', fault));
const notices = (text: string) =>
  checkCustomEntries(text).notices.map((notice) => remarkText('en', notice));

describe('a provisioning text to save', () => {
  it('may set anything Linphone is known to read', () => {
    const text = [
      '[proxy_0]',
      'reg_proxy=<sip:sip.example.org;transport=tls>',
      'reg_expires=600',
      'publish=yes',
      '[sip]',
      'media_encryption=none',
      '[misc]',
      'config-uri-header_0=x-a:b',
      '[ui]',
      'hide_sip_addresses=1',
    ].join('\n');
    expect(checkCustomEntries(text)).toEqual({ faults: [], notices: [] });
  });

  it.each([
    [
      '[sip]\nmedia_encryption=aes',
      'Line 2: [sip] media_encryption must be one of none, srtp, zrtp, dtls, not "aes".',
    ],
    [
      '[proxy_0]\nreg_expires=long',
      'Line 2: [proxy_0] reg_expires must be a whole number, not "long".',
    ],
    [
      '[proxy_0]\nreg_proxy=sip.example.org',
      'Line 2: [proxy_0] reg_proxy must be a SIP address such as <sip:host;transport=tls>, not "sip.example.org".',
    ],
    ['[proxy_0]\npublish="yes"', 'Line 2: [proxy_0] publish must be 0 or 1, not "yes".'],
    [
      '[misc]\nconfig-uri=example.org',
      'Line 2: [misc] config-uri must be an http:// or https:// URL, not "example.org".',
    ],
    [
      '[nat_policy_0]\nprotocols=stun,tun',
      'Line 2: [nat_policy_0] protocols must list some of stun, turn, ice, upnp, not "stun,tun".',
    ],
    [
      '[sip]\nrefresh_window=90',
      'Line 2: [sip] refresh_window must be a range such as 80-90, not "90".',
    ],
    ['[any]\nmax_account=1', 'Line 2: max_account is a setting of the space: set it there.'],
    ['', 'There is no entry: write a [section] and key=value lines below it.'],
    ['[misc]', 'There is no entry: write a [section] and key=value lines below it.'],
  ])('is refused: %j', (text, message) => {
    expect(faults(text)).toEqual([message]);
  });

  it('is told all its faults, in the order of its lines', () => {
    expect(faults('a=1\n[sip]\nmedia_encryption=x\nnonsense')).toEqual([
      'Line 1: a stands before the first [section].',
      'Line 3: [sip] media_encryption must be one of none, srtp, zrtp, dtls, not "x".',
      'Line 4: neither a [section], a key=value pair nor a comment.',
    ]);
  });

  it.each([
    ['[proxy_N]\nreg_expires=1', 'reg_expires in [proxy_N]; was [proxy_0] reg_expires meant?'],
    ['[PROXY_2]\nreg_expires=1', 'reg_expires in [PROXY_2]; was [proxy_2] reg_expires meant?'],
    [
      '[misc]\nconfig-uri-header_N=a:b',
      'config-uri-header_N in [misc]; was [misc] config-uri-header_0 meant?',
    ],
  ])('is told of names that only look right: %j', (text, remark) => {
    expect(notices(text)).toEqual([`Line 2: Linphone knows no ${remark} It is sent as written.`]);
  });

  it('is told once of a broken header, not of each line below it', () => {
    expect(faults('[sip\nmedia_encryption=srtp\nuse_ipv6=1\n[a b]\nx=1\n[]')).toEqual([
      'Line 1: "[sip" is no section name.',
      'Line 4: "a b" is no section name.',
      'Line 6: "" is no section name.',
    ]);
  });

  it('may hold keys nobody knows, and is told about them', () => {
    expect(
      notices('[proxy_0]\nreg_prxy=x\n[shop]\ncolour=red\n[misc]\nuuid=1\n[ui]\nsuper=1'),
    ).toEqual([
      'Line 2: Linphone knows no reg_prxy in [proxy_0]; was [proxy_0] reg_proxy meant? It is sent as written.',
      'Line 4: no Linphone is known to read colour in [shop]; it is sent as written.',
      'Line 6: one uuid for all phones makes each registration replace the one before.',
      'Line 8: no Linphone reads super in [ui].',
    ]);
    expect(faults('[shop]\ncolour=red')).toEqual([]);
  });
});
