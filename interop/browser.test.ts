import { AccountCreatorStatus, ConfigStore, Core } from '@dialtone/client';
import { findAccountByAddress } from '@dialtone/server';
import { describe, expect, it } from 'vitest';
import { startBrowser } from './support/browser.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { textTo } from './support/outbox.ts';

const domain = 'sip.example.org';

/** Creates an account with our account creator and returns the link of the mail it causes. */
async function linkOfNewAccount({ platform, url }: Dialtone): Promise<string> {
  const core = new Core({
    config: ConfigStore.fromString(`[assistant]\ndomain=${domain}\nalgorithm=SHA-256\n`),
  });
  const creator = core.createAccountCreator(`${url}/xmlrpc`);
  creator.setUsername('alice');
  creator.setPassword('secret');
  creator.setEmail('alice@mail.example');
  const { status } = await creator.request('createAccount').done;
  expect(status).toBe(AccountCreatorStatus.AccountCreated);
  const mail = await textTo(platform, 'alice@mail.example');
  return /https?:\/\/\S+/.exec(mail)?.[0] ?? '';
}

describe('in a browser', () => {
  it('the link of the activation mail shows a button that activates, and spends nothing before', async () => {
    await using dialtone = await startDialtone();
    const link = await linkOfNewAccount(dialtone);
    await using browser = await startBrowser();
    const { page } = browser;
    const alice = () => findAccountByAddress(dialtone.platform, 'alice', domain);

    await page.goto(link);
    await page.goto(link);
    expect((await alice())?.activated).toBe(false);
    await page.getByRole('button').click();
    await page.getByText('is activated').waitFor();
    expect((await alice())?.activated).toBe(true);
  });

  it('the page speaks French to who reads French', async () => {
    await using dialtone = await startDialtone();
    const link = await linkOfNewAccount(dialtone);
    await using browser = await startBrowser('fr-FR');
    await browser.page.goto(link);
    expect(await browser.page.locator('html').getAttribute('lang')).toBe('fr');
  });
});
