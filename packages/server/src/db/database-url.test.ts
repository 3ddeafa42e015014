import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';

describe('database URL', () => {
  it('names an SQLite file or memory', () => {
    for (const [text, location] of [
      ['sqlite:/var/lib/dialtone/dialtone.db', '/var/lib/dialtone/dialtone.db'],
      ['sqlite:///var/lib/dialtone/dialtone.db', '/var/lib/dialtone/dialtone.db'],
      ['sqlite:./data/dialtone.db', './data/dialtone.db'],
      ['sqlite::memory:', ':memory:'],
    ] as const) {
      expect(parseDatabaseUrl(text)).toEqual({ engine: 'sqlite', location });
    }
  });

  it('accepts both names of each server', () => {
    for (const [scheme, engine] of [
      ['mysql', 'mysql'],
      ['mariadb', 'mysql'],
      ['postgres', 'postgres'],
      ['postgresql', 'postgres'],
    ] as const) {
      expect(parseDatabaseUrl(`${scheme}://u:p@db:1234/flexisip`)).toMatchObject({ engine });
    }
  });

  it('refuses everything else without repeating it', () => {
    for (const text of ['', 'sqlite:', 'oracle://u:secret@h/d', 'secret', 'mysql://u:secret@h']) {
      expect(() => parseDatabaseUrl(text)).toThrow(
        expect.objectContaining({
          code: 'database-url',
          message: expect.not.stringContaining('secret'),
        }),
      );
    }
  });
});
