import {
  AccountCreatorStatus,
  ConfigStore,
  Core,
  RegistrationState,
  xmlRpcConnector,
} from '@dialtone/client';
import {
  createSpace,
  findAccountByAddress,
  issueProvisioning,
  listMessages,
  readMessage,
} from '@dialtone/server';
import { narrator } from './narrator.ts';
import { Phone } from './phone.ts';
import { startThrowAwayServer } from './throw-away-server.ts';
import { watchWire } from './wire.ts';

const DOMAIN = 'sip.demo.example';
const USERNAME = 'alice';
const PASSWORD = 'correct horse battery staple';

const statusName = new Map(
  Object.entries(AccountCreatorStatus).map(([name, value]) => [value, name]),
);

const { log: print } = console;
const tell = narrator((line) => print(line));
using wire = watchWire((line) => tell.wire(line));

/** @throws Error when a request ended otherwise than it must */
function expectStatus(actual: AccountCreatorStatus, wanted: AccountCreatorStatus): void {
  if (actual === wanted) return;
  throw new Error(`expected ${statusName.get(wanted)}, got ${statusName.get(actual)}`);
}

print('Dialtone: an account, a configured phone, a registration\n');

const server = await tell.step(
  'Start a throw-away server',
  startThrowAwayServer,
  ({ url, sipUrl }) => `${url}, ${sipUrl}`,
);
const { platform, url } = server;

await tell.step(
  `Create the space ${DOMAIN}`,
  () => createSpace(platform, { domain: DOMAIN, host: '127.0.0.1', name: 'Demo' }),
  ({ domain, host }) => `SIP domain ${domain}, served at host ${host}`,
);

const assistant = new Core({
  config: ConfigStore.fromString(
    `[assistant]\ndomain=${DOMAIN}\nalgorithm=SHA-256\n[proxy_default_values]\nreg_identity=sip:?@${DOMAIN}\n`,
  ),
});
const creator = assistant.createAccountCreator(`${url}/xmlrpc`);
if (creator.service) creator.service.activateAccountCb = xmlRpcConnector.activateEmailAccount;
creator.setUsername(USERNAME);
creator.setPassword(PASSWORD);
creator.setEmail('alice@mail.example');

const ask = (
  title: string,
  name: Parameters<typeof creator.request>[0],
  wanted: AccountCreatorStatus,
) =>
  tell.step(
    title,
    async () => {
      const { provisional, done } = creator.request(name);
      expectStatus(provisional, AccountCreatorStatus.RequestOk);
      const { status } = await done;
      expectStatus(status, wanted);
      return status;
    },
    (status) => statusName.get(status) ?? '',
  );

await ask('Is the name free?', 'isAccountExist', AccountCreatorStatus.AccountNotExist);
await ask('Create the account', 'createAccount', AccountCreatorStatus.AccountCreated);

await tell.step(
  'Read the activation key in the outbox',
  async () => {
    const states = ['pending', 'sending', 'sent'] as const;
    const rows = await Promise.all(states.map((state) => listMessages(platform.db, { state }, 1)));
    const [row] = rows.flat();
    if (row === undefined) throw new Error('the outbox is empty');
    const message = readMessage(row);
    // The mail says it twice: in the link, and alone on a line to be typed.
    const key = message.kind === 'email' ? /^(\w{6,})$/m.exec(message.text)?.[1] : undefined;
    if (key === undefined) throw new Error('the mail holds no key');
    creator.setActivationCode(key);
    return { to: message.to, key };
  },
  ({ to, key }) => `mail to ${to}, key ${key.slice(0, 3)}…`,
);
await ask('Activate the account', 'activateAccount', AccountCreatorStatus.AccountActivated);
await ask('Is it activated?', 'isAccountActivated', AccountCreatorStatus.AccountActivated);
creator.dispose();

const provisioning = await tell.step(
  'Make a provisioning token',
  async () => {
    const account = await findAccountByAddress(platform, USERNAME, DOMAIN);
    if (account === undefined) throw new Error('the account is not there');
    return issueProvisioning(platform, account, { baseUrl: url });
  },
  (issued) => issued.url,
);

const phone = new Phone(wire.sip);
const proxy = await tell.step(
  'Configure a phone with that URL',
  () => phone.provision(provisioning.url),
  ({ identity, serverAddr }) => `account ${identity} at ${serverAddr}`,
);

const path = (states: readonly string[]): string => states.join(' → ');

await tell.step(
  'Register for 2 seconds',
  () =>
    phone.reach(RegistrationState.Ok, () => {
      proxy.edit();
      proxy.expires = 2;
      proxy.done();
      // From here on the core sends what is due by itself.
      phone.core.autoIterateEnabled = true;
    }),
  path,
);
await tell.step(
  'Refresh before they are over',
  () => phone.reach(RegistrationState.Ok, () => {}),
  path,
);
await tell.step(
  'Unregister: edit, disable, done',
  () =>
    phone.reach(RegistrationState.Cleared, () => {
      proxy.edit();
      proxy.registerEnabled = false;
      proxy.done();
    }),
  path,
);

await phone.core.stop();
await server.close();
print(`\nAll ${tell.steps} steps happened.`);
