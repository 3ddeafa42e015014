import { onTestFinished, expect, it } from 'vitest';
import { readConfig } from '../../config/env.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import { composeMail, findSignature } from './compose-mail.ts';

it('a mail says the same in text and HTML, and escapes what others wrote', () => {
  const mail = composeMail({
    to: 'john@example.org',
    locale: 'fr',
    subject: 'Sujet',
    parts: [
      { paragraph: 'Space <script> & "Co"' },
      { code: '1234' },
      { link: 'https://example.com/?a=1&b=2' },
      { image: 'https://example.com/qr.png' },
    ],
    signature: 'The team',
  });
  expect(mail).toMatchObject({ kind: 'email', to: 'john@example.org', subject: 'Sujet' });
  expect(mail.text).toContain('Space <script> & "Co"\n\n1234\n\nhttps://example.com/?a=1&b=2');
  expect(mail.text).toContain('Cordialement,\nThe team');
  expect(mail.html).toContain('Space &lt;script&gt; &amp; &quot;Co&quot;');
  expect(mail.html).toContain('href="https://example.com/?a=1&amp;b=2"');
  expect(mail.html).toContain('src="https://example.com/qr.png"');
});

it('mails are signed as the mail server of the space, the configuration or the application says', async () => {
  const { db, close } = await openTestDatabase();
  onTestFinished(close);
  const named = readConfig({ APP_NAME: 'Phones' });
  expect(await findSignature(db, named, 1)).toBe('Phones');
  const signed = readConfig({ MAIL_SIGNATURE: 'The operator' });
  expect(await findSignature(db, signed, 1)).toBe('The operator');
  await db
    .insertInto('spaces')
    .values({ domain: 'a.example.com', host: 'a.example.com', name: 'a' })
    .execute();
  await db
    .insertInto('space_email_servers')
    .values({ space_id: 1, host: 'smtp.example.com', port: 25, signature: 'The space' })
    .execute();
  expect(await findSignature(db, signed, 1)).toBe('The space');
});
