import { type Locale, locales } from '@dialtone/phrases';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../config/env.ts';
import type { OpenDatabase } from '../db/database.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { isMailName, type MailName, mails } from './mail.ts';
import { loadMailTemplates } from './mail-templates.ts';
import { MailTemplateError, parseTemplate } from './template.ts';
import { validityText } from './validity.ts';
import { type MailPlatform, writeMail } from './write-mail.ts';

let database: OpenDatabase;
let directory: string;

beforeEach(async () => {
  database = await openTestDatabase();
  directory = await mkdtemp(join(tmpdir(), 'dialtone-mails-'));
});
afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const space = { id: 1, name: 'Example <b>' };
const platform = (environment: Environment = {}): MailPlatform => ({
  db: database.db,
  config: readConfig(environment),
});
const letter = (locale: Locale = 'en') => ({
  to: 'john@example.org',
  space,
  locale,
  values: {
    sip: 'john@sip.example.org',
    link: 'https://example.org/?a=1&b="2"',
    validity: 'Soon.',
  },
});
const resetMail = (from: MailPlatform, locale?: Locale) =>
  writeMail(from, 'reset_password', letter(locale));

describe('a mail', () => {
  it('says the same in text and HTML, and escapes what others wrote', async () => {
    const mail = await resetMail(platform());
    expect(mail).toMatchObject({
      kind: 'email',
      to: 'john@example.org',
      subject: 'Example <b>: choose a new password',
    });
    expect(mail.text).toContain('\n\nhttps://example.org/?a=1&b="2"\n\nSoon.\n\nBest regards,');
    expect(mail.html).toContain('<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">');
    expect(mail.html).toContain('<p>Soon.</p>');
  });

  it('is written in the language of its reader, codes large, images shown', async () => {
    const { locale, ...rest } = letter('fr');
    const code = await writeMail(platform(), 'email_change', {
      ...rest,
      locale,
      values: { code: '1234', validity: '' },
    });
    expect(code.text).toMatch(/^Votre code pour confirmer/);
    expect(code.text).not.toMatch(/\n{3}/);
    expect(code.html).toContain('font-size:2em;letter-spacing:.2em">1234<');
    const qrcode = 'https://example.org/qr.png';
    const values = { sip: 'john', link: 'https://example.org', qrcode };
    const mail = await writeMail(platform(), 'provisioning', { ...rest, locale, values });
    expect(mail.html).toContain(`<img src="${qrcode}"`);
  });

  it('has a subject of one line', async () => {
    const named = { ...letter(), space: { id: 1, name: 'Two\r\nBcc: lines' } };
    const mail = await writeMail(platform(), 'reset_password', named);
    expect(mail.subject).toBe('Two Bcc: lines: choose a new password');
  });

  it.each(Object.keys(mails).filter(isMailName))(
    '%s has a template in every language',
    async (name) => {
      for (const locale of locales) {
        const places = Object.fromEntries(Object.keys(mails[name]).map((place) => [place, place]));
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the places of this very mail
        const values = places as never;
        await expect(
          writeMail(platform(), name, { to: 'a@b.c', space, locale, values }),
        ).resolves.toMatchObject({ text: expect.not.stringMatching(/[{}]/) });
      }
    },
  );

  it('is signed as the mail server of the space, the configuration or the application says', async () => {
    const signed = platform({ MAIL_SIGNATURE: 'The operator' });
    const named = platform({ APP_NAME: 'Phones' });
    expect((await resetMail(named)).text).toContain('Best regards,\nPhones\n');
    expect((await resetMail(signed)).text).toContain('Best regards,\nThe operator\n');
    const { db } = database;
    const host = 'a.example.com';
    await db.insertInto('spaces').values({ domain: host, host, name: 'a' }).execute();
    await db
      .insertInto('space_email_servers')
      .values({ space_id: 1, host: 'smtp.example.com', port: 25, signature: 'The space' })
      .execute();
    expect((await resetMail(signed)).text).toContain('Best regards,\nThe space\n');
  });
});

describe('an operator’s template', () => {
  const save = (file: string, text: string) => writeFile(join(directory, file), text);
  const load = () => loadMailTemplates(directory);

  it('replaces ours in one language', async () => {
    await save('reset_password.fr.txt', 'Subject: Bonjour {sip}\r\n\r\nIci :\r\n\r\n{link}\r\n');
    const own = { ...platform(), mailTemplates: await load() };
    const mail = await resetMail(own, 'fr');
    expect(mail.subject).toBe('Bonjour john@sip.example.org');
    expect(mail.text).toMatch(/^Ici :\n\nhttps:/);
    expect((await resetMail(own, 'en')).subject).toContain('choose a new password');
  });

  it('may bring its own HTML, in which values are escaped', async () => {
    await save('reset_password.en.html', '<style>p{margin:0}</style><p>{space} {signature}</p>');
    const mail = await resetMail({ ...platform({ APP_NAME: 'A&B' }), mailTemplates: await load() });
    expect(mail.html).toBe('<style>p{margin:0}</style><p>Example &lt;b&gt; A&amp;B</p>');
    expect(mail.text).toContain('Choose it here');
  });

  it.each([
    ['unknown.en.txt', 'Subject: a\n\nb', /no mail has this name/],
    ['provisioning.de.txt', 'Subject: a\n\nb', /no mail has this name/],
    ['provisioning.en.txt', 'Hello', /Subject/],
    ['provisioning.en.txt', 'Subject: a', /no text/],
    ['provisioning.en.txt', 'Subject: a\n\n{code}', /\{code\} is no place/],
    ['provisioning.en.html', '<p>{password}</p>', /\{password\} is no place/],
  ])('that cannot be used keeps the server from starting: %s %j', async (file, text, reason) => {
    await save(file, text);
    await expect(load()).rejects.toMatchObject({ code: 'mail-templates-unusable' });
    await expect(load()).rejects.toThrow(reason);
  });

  it('needs its directory', async () => {
    const missing = loadMailTemplates(join(directory, 'none'));
    await expect(missing).rejects.toMatchObject({ code: 'mail-templates-unusable' });
    expect((await loadMailTemplates(undefined)).en.size).toBe(0);
  });
});

it('any text is a template or refused as one', () => {
  const name: MailName = 'provisioning';
  const sources = fc.oneof(
    fc.string(),
    fc.string().map((text) => `Subject: ${text}`),
  );
  const outcome = (source: string): string => {
    try {
      return parseTemplate(name, source).blocks.length > 0 ? 'template' : 'empty';
    } catch (error) {
      return error instanceof MailTemplateError ? 'refused' : String(error);
    }
  };
  fc.assert(
    fc.property(sources, (source) => {
      expect(['template', 'refused']).toContain(outcome(source));
    }),
  );
});

it.each([
  [0, ''],
  [10, 'It is valid for 10 minutes.'],
  [90, 'It is valid for 90 minutes.'],
  [1440, 'It is valid for 24 hours.'],
])('a validity of %i minutes reads %j', (minutes, text) => {
  expect(validityText('en', minutes)).toBe(text);
});
