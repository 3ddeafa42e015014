import { updateAccount } from '@dialtone/server';
import { expect, it } from 'vitest';
import { startDialtone } from './support/dialtone.ts';
import { startLinphone } from './support/linphone.ts';
import { waitUntil } from './support/wait-until.ts';

const configUri = (url: string): string => `[misc]\nconfig-uri=${url}\n`;

const AOR = 'alice@sip.example.org';

it('Debian’s Linphone creates the account of a provisioning URL and registers it', async () => {
  await using dialtone = await startDialtone();
  const alice = await dialtone.createAccount('alice', {
    displayName: "Alice O'Hara",
    activated: false,
  });

  await using linphone = await startLinphone({
    config: configUri(await dialtone.provisioningUrl(alice)),
  });
  const [binding] = await dialtone.registered(AOR);
  expect(binding?.instanceId).toMatch(/^urn:uuid:/);
  const { configuration } = linphone;
  expect(configuration).toContain(`reg_identity="Alice O'Hara" <sip:alice@sip.example.org>`);
  expect(configuration).toContain(`reg_proxy=<sip:127.0.0.1:${dialtone.sipPort};transport=tcp>`);
  expect(configuration.match(/^\[proxy_\d+\]$/gm)).toEqual(['[proxy_0]']);
  expect(configuration).toContain(`config-uri=${dialtone.url}/provisioning/me`);
});

it('a phone fetches its configuration again at each start, with its own credentials', async () => {
  await using dialtone = await startDialtone();
  const alice = await dialtone.createAccount('alice', { displayName: 'Alice' });
  await using linphone = await startLinphone({
    config: configUri(await dialtone.provisioningUrl(alice)),
  });
  await dialtone.registered(AOR);

  await updateAccount(dialtone.platform, alice.id, { displayName: 'Alice Liddell' });
  await linphone.restart();
  await waitUntil(
    'the new display name has reached the phone',
    () => linphone.configuration.includes('reg_identity="Alice Liddell" <sip:alice@') || undefined,
  );
  await dialtone.registered(AOR);
  expect(linphone.configuration.match(/^\[proxy_\d+\]$/gm)).toEqual(['[proxy_0]']);
});
