import { RegistrationState } from '@dialtone/client';
import { setCountryActivated } from '@dialtone/server';
import { expect, it } from 'vitest';
import { ask, assistantCore } from './support/creator.ts';
import { startDialtone } from './support/dialtone.ts';
import { codeIn, textTo } from './support/outbox.ts';
import { waitUntil } from './support/wait-until.ts';

const domain = 'sip.example.org';
const loopback =
  '[sip]\nsip_port=-1\nsip_tcp_port=-1\nsip_tls_port=-1\nbind_address=127.0.0.1\nuse_ipv6=0\n';

it.each(['MD5', 'SHA-256'])(
  'from a phone number to a registration, then the password is forgotten: %s',
  async (algorithm) => {
    await using dialtone = await startDialtone({
      config: { DIALTONE_SIP_MIN_EXPIRES_SECONDS: '1' },
    });
    await setCountryActivated(dialtone.platform.db, 'FR', true, Date.now());
    const url = `${dialtone.url}/xmlrpc`;
    const sent = async (not = '') =>
      waitUntil('an SMS', async () => {
        const text = await textTo(dialtone.platform, '+33612345678');
        return text === not ? undefined : text;
      });
    const phone = () =>
      assistantCore(
        domain,
        `reg_proxy=<sip:127.0.0.1:${dialtone.sipPort};transport=tcp>\n${loopback}`,
      );

    const core = phone();
    await core.start();
    const creator = core.createAccountCreator(url);
    creator.setAlgorithm(algorithm);
    creator.setPassword('secret');
    creator.setPhoneNumber('0612345678', '33');
    expect(await ask(creator, 'createAccount')).toBe('AccountCreated');
    const first = await sent();
    creator.setActivationCode(codeIn(first));
    expect(await ask(creator, 'activateAccount')).toBe('AccountActivated');
    const proxy = creator.createProxyConfig();
    await waitUntil('the new account registers', () =>
      proxy?.state === RegistrationState.Ok ? true : undefined,
    );
    await dialtone.registered(`+33612345678@${domain}`);
    await core.stop();

    // On another phone, all that the user has is the number.
    const other = phone();
    await other.start();
    const recovering = other.createAccountCreator(url);
    recovering.setAlgorithm(algorithm);
    recovering.setPhoneNumber('0612345678', '33');
    expect(await ask(recovering, 'recoverAccount')).toBe('RequestOk');
    recovering.setActivationCode(codeIn(await sent(first)));
    expect(await ask(recovering, 'loginLinphoneAccount')).toBe('RequestOk');
    const recovered = recovering.createProxyConfig();
    await waitUntil('the recovered account registers', () =>
      recovered?.state === RegistrationState.Ok ? true : undefined,
    );
    await other.stop();
  },
);
