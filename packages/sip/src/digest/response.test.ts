import { describe, expect, it } from 'vitest';
import {
  computeHa1,
  computeResponse,
  computeServerResponse,
  computeUserhash,
  formatNonceCount,
} from './response.ts';

const mufasa = { username: 'Mufasa', realm: 'http-auth@example.org', password: 'Circle of Life' };
const request = {
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  auth: { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
};

describe('computeResponse', () => {
  it('gives the SHA-256 answer of RFC 7616 §3.9.1', () => {
    const algorithm = 'SHA-256';
    const ha1 = computeHa1({ algorithm, ...mufasa });
    expect(computeResponse({ algorithm, ha1, ...request })).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  it('gives the MD5 answer of RFC 7616 §3.9.1', () => {
    const algorithm = 'MD5';
    const ha1 = computeHa1({ algorithm, ...mufasa });
    expect(computeResponse({ algorithm, ha1, ...request })).toBe(
      '8ca523f5e9506fed4657c9700eebdbec',
    );
  });

  it('gives the user name hash of RFC 7616 §3.9.2 with SHA-512-256 of FIPS 180-4', () => {
    // The hash printed in RFC 7616 is a truncated SHA-512; this one follows its erratum 4897.
    expect(computeUserhash('SHA-512-256', 'Jäsøn Doe', 'api@example.org')).toBe(
      '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
    );
  });

  it('gives the answer of RFC 2617 §3.5', () => {
    const algorithm = 'MD5';
    const ha1 = computeHa1({
      algorithm,
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
    });
    expect(ha1).toBe('939e7578ed9e3c518a452acee763bce9');
    const input = {
      algorithm,
      ha1,
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      auth: { nc: '00000001', cnonce: '0a4f113b' },
    } as const;
    expect(computeResponse({ ...input, method: 'GET' })).toBe('6629fae49393a05397450978507c4ef1');
    expect(computeServerResponse(input)).not.toBe(computeResponse({ ...input, method: 'GET' }));
  });

  it('leaves out nonce count and cnonce without qop (RFC 2069 §2.4, by its erratum 749)', () => {
    const algorithm = 'MD5';
    const ha1 = computeHa1({
      algorithm,
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'CircleOfLife',
    });
    const response = computeResponse({
      algorithm,
      ha1,
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      auth: undefined,
    });
    expect(response).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('takes a stored HA1 in either case', () => {
    const algorithm = 'MD5';
    const ha1 = computeHa1({ algorithm, ...mufasa });
    expect(computeResponse({ algorithm, ha1: ha1.toUpperCase(), ...request })).toBe(
      computeResponse({ algorithm, ha1, ...request }),
    );
  });
});

it('writes nonce counts with eight hexadecimal digits', () => {
  expect(formatNonceCount(1)).toBe('00000001');
  expect(formatNonceCount(0xabc)).toBe('00000abc');
});
