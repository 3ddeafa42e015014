import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../../config/env.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { insertReturningId } from '../../db/insert.ts';
import { recordingLogger } from '../../testing/recording-logger.ts';
import { startSmtpServer, type TestSmtpServer } from '../../testing/smtp-server.ts';
import { openTestDatabase } from '../../testing/test-database.ts';
import type { EmailMessage } from '../message.ts';
import { mailTransport } from './smtp-transport.ts';

const mail: EmailMessage = {
  kind: 'email',
  to: 'marie@example.org',
  subject: 'Votre code : é',
  text: 'The code is 1234.\n.\nAfter a dot.',
  html: '<p>The code is <b>1234</b>.</p>',
};

describe('mail transport', () => {
  let open: OpenDatabase;
  let smtp: TestSmtpServer;
  let refusal: string | undefined;
  let spaceId: number;

  beforeAll(async () => {
    open = await openTestDatabase();
    spaceId = await insertReturningId(open.db, 'spaces', {
      domain: 'sip.example.org',
      host: 'accounts.example.org',
      name: 'Example',
    });
  });
  afterAll(() => open.close());
  beforeEach(async () => {
    refusal = undefined;
    smtp = await startSmtpServer({ rcpt: () => refusal ?? '250 ok' });
  });
  afterEach(() => smtp.close());

  const { log, lines } = recordingLogger();
  const send = async (
    environment: Environment,
    message = mail,
    delivery: { id: number; spaceId: number | undefined } = { id: 7, spaceId: undefined },
  ): Promise<void> => {
    const config = readConfig(environment);
    await mailTransport({ db: open.db, log, config }).send(message, delivery);
  };
  const global = (): Environment => ({ MAIL_HOST: '127.0.0.1', MAIL_PORT: String(smtp.port) });

  it('sends text and HTML from the configured sender', async () => {
    const sender = { MAIL_FROM_ADDRESS: 'hello@example.net', MAIL_FROM_NAME: 'Hello' };
    await send({ ...global(), ...sender, MAIL_USERNAME: 'u', MAIL_PASSWORD: 'p' });
    expect(smtp.mails).toHaveLength(1);
    const [received] = smtp.mails;
    expect(received).toMatchObject({ from: 'hello@example.net', to: ['marie@example.org'] });
    expect(received?.auth).toBe(Buffer.from('\0u\0p').toString('base64'));
    expect(received?.text).toMatch(/^From: "?Hello"? <hello@example.net>$/m);
    expect(received?.text).toMatch(/^Message-ID: <dialtone-7@example.net>$/m);
    expect(received?.text).toContain('\n.\nAfter a dot.');
    expect(received?.text).toContain('<b>1234</b>');
  });

  it('attaches files as they are when the mail is sent', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dialtone-mail-'));
    const path = join(folder, 'voice.wav');
    writeFileSync(path, 'RIFF');
    const attachments = [{ filename: 'voice.wav', contentType: 'audio/wav', path }];
    await send(global(), { ...mail, attachments });
    await rm(folder, { recursive: true });
    expect(smtp.mails[0]?.text).toContain('Content-Type: audio/wav');
    expect(smtp.mails[0]?.text).toContain(Buffer.from('RIFF').toString('base64'));
  });

  it('never reads a second recipient or a header out of the address or the subject', async () => {
    const subject = 'Hi\r\nBcc: evil@example.net';
    await send(global(), { ...mail, to: 'a@example.org, b@example.org', subject }).catch(() => {});
    await send(global(), { ...mail, subject });
    const recipients = smtp.mails.flatMap(({ to }) => to);
    expect(recipients).not.toContain('b@example.org');
    expect(recipients).not.toContain('evil@example.net');
    expect(smtp.mails.some(({ text }) => /^Bcc:/im.test(text))).toBe(false);
  });

  it('uses the server of the space, and its host and name where it names no sender', async () => {
    const own = await insertReturningId(open.db, 'space_email_servers', {
      space_id: spaceId,
      host: '127.0.0.1',
      port: smtp.port,
      username: 'space',
      password: 'secret',
    });
    await send({ MAIL_HOST: '127.0.0.1', MAIL_PORT: '1' }, mail, { id: 8, spaceId });
    expect(smtp.mails).toMatchObject([{ from: 'no-reply@accounts.example.org' }]);
    expect(smtp.mails[0]?.auth).toBe(Buffer.from('\0space\0secret').toString('base64'));
    expect(smtp.mails[0]?.text).toMatch(/^From: "?Example"? </m);
    await open.db.deleteFrom('space_email_servers').where('id', '=', own).execute();
    await send(global(), mail, { id: 9, spaceId });
    expect(smtp.mails).toHaveLength(2);
  });

  it('tells a refused recipient from trouble that may pass, and quotes neither', async () => {
    refusal = '550 no marie@example.org here';
    await expect(send(global())).rejects.toMatchObject({
      permanent: true,
      message: 'SMTP EENVELOPE 550',
    });
    refusal = '451 later';
    await expect(send(global())).rejects.toMatchObject({ permanent: false });
    await smtp.close();
    await expect(send(global())).rejects.toMatchObject({
      code: 'delivery-failed',
      permanent: false,
    });
    smtp = await startSmtpServer();
  });

  it('only writes to the log when no server is configured, without text or address', async () => {
    await send({});
    await send({ ...global(), MAIL_DRIVER: 'log' });
    expect(smtp.mails).toEqual([]);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/1234|marie/);
  });
});
