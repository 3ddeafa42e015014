import { expect, it } from 'vitest';
import { decodeMethodCall } from './decode.ts';

it.each(['int', 'i8', 'double', 'dateTime.iso8601', 'base64'])(
  'a long %s that is none is refused without trying every way to cut it',
  (type) => {
    const { user } = process.cpuUsage();
    for (const text of [`${'1'.repeat(65_000)}x`, `20260101T00:00:00.${'1'.repeat(65_000)}x`]) {
      const value = `<value><${type}>${text}</${type}></value>`;
      const params = `<params><param>${value}</param></params>`;
      const call = `<methodCall><methodName>a</methodName>${params}</methodCall>`;
      expect(() => decodeMethodCall(call)).toThrow(
        expect.objectContaining({ code: 'invalid-value' }),
      );
    }
    expect(process.cpuUsage().user - user).toBeLessThan(1_000_000);
  },
);
