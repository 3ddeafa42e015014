import { expect, it } from 'vitest';
import { SipArgumentError } from './sip-argument-error.ts';
import { SIP_ERRORS } from './sip-error-codes.ts';
import { SipParseError } from './sip-parse-error.ts';

it('every error carries a code of the catalogue and a literal name', () => {
  const parse = new SipParseError('SIP_MALFORMED_HEADER', 'Via');
  expect(parse).toMatchObject({ name: 'SipParseError', header: 'Via', responseStatus: 400 });
  expect(parse.message).toBe(`${SIP_ERRORS.SIP_MALFORMED_HEADER}: Via`);
  const argument = new SipArgumentError('x');
  expect(argument).toMatchObject({ name: 'SipArgumentError', code: 'SIP_INVALID_ARGUMENT' });
  expect(Object.keys(SIP_ERRORS)).toEqual(expect.arrayContaining([parse.code, argument.code]));
});

it('codes have one form', () => {
  for (const code of Object.keys(SIP_ERRORS)) expect(code).toMatch(/^SIP_[A-Z]+(_[A-Z]+)*$/);
});
