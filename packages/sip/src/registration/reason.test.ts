import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRequest } from '../message/request.ts';
import { createResponse } from '../message/response.ts';
import { errorInfoFromResponse } from './error-info.ts';
import { Reason, reasonFromStatus } from './reason.ts';

it.each([
  [200, Reason.None],
  [301, Reason.MovedPermanently],
  [302, Reason.None],
  [401, Reason.Unauthorized],
  [407, Reason.Unauthorized],
  [403, Reason.Forbidden],
  [404, Reason.NotFound],
  [408, Reason.NotAnswered],
  [480, Reason.TemporarilyUnavailable],
  [491, Reason.TemporarilyUnavailable],
  [500, Reason.Unknown],
  [503, Reason.IOError],
  [504, Reason.ServerTimeout],
  [603, Reason.Declined],
  [606, Reason.Unknown],
])('status %i has reason %i', (status, reason) => {
  expect(reasonFromStatus(status)).toBe(reason);
});

function responseWith(reason: string): ReturnType<typeof createResponse> {
  const request = createRequest('REGISTER', 'sip:x', [
    ['Via', 'SIP/2.0/UDP a;branch=z9hG4bK1'],
    ['From', '<sip:a@x>;tag=1'],
    ['To', '<sip:a@x>'],
    ['Call-ID', 'c'],
    ['CSeq', '1 REGISTER'],
  ]);
  return createResponse(request, 403, 'No', [['Reason', reason]]);
}

it('reads the Reason header as sub-error', () => {
  const info = errorInfoFromResponse(responseWith('SIP;cause=580;text="Pre \\"x\\""'));
  expect(info).toMatchObject({
    code: 403,
    phrase: 'No',
    subError: { protocol: 'SIP', code: 580, phrase: 'Pre "x"' },
  });
});

it('any Reason header is read or ignored', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const info = errorInfoFromResponse(responseWith(text.replaceAll(/[\r\n\0]/g, ' ')));
      expect(info.code).toBe(403);
    }),
  );
});
