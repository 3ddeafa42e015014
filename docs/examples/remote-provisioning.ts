// Remote provisioning: from the text of a QR code to a registered account, and again at each later start.
//
//     node docs/examples/remote-provisioning.ts linphonerc https://accounts.example.org/provisioning/TOKEN
//     node docs/examples/remote-provisioning.ts linphonerc
import {
  acceptProvisioningLink,
  ConfigStore,
  ConfiguringState,
  Core,
  RegistrationState,
} from '@dialtone/client';

export interface Options {
  /** Where the configuration is kept; made by the first start. */
  readonly file: string;
  /** What was scanned: a URL, a `linphone-config:` link; nothing at later starts. */
  readonly scanned?: string | undefined;
}

export async function main(
  { file, scanned }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core({ config: await ConfigStore.open({ file }) });
  if (scanned !== undefined) {
    const outcome = await acceptProvisioningLink(scanned, core.provisioning, (link) => {
      // An application asks its user here. The path may hold a secret: only the host is shown.
      log(`take the configuration of ${new URL(link.provisioningUri).hostname}? yes`);
      return true;
    });
    if (outcome !== 'accepted') {
      log(outcome);
      return;
    }
  }

  const { promise: settled, resolve } = Promise.withResolvers<void>();
  core.addListener({
    onConfiguringStatus(_core, state, message) {
      if (state === ConfiguringState.Successful) log('configured');
      else log(message ?? 'nothing to fetch');
    },
    // Nobody is there to be asked: provisioning fails, and the core starts with what it has.
    onAuthenticationRequested: () => core.abortAuthentication(),
    onRegistrationStateChanged(_core, config, state, message) {
      if (state === RegistrationState.Ok) log(`${config.identity} is registered`);
      if (state === RegistrationState.Failed) log(`${config.identity}: ${message}`);
      if (state === RegistrationState.Ok || state === RegistrationState.Failed) resolve();
    },
  });
  await core.start();
  if (core.defaultProxyConfig === null) log('no account');
  else await settled;
  await core.stop();
}

if (import.meta.main) {
  const [file = 'linphonerc', scanned] = process.argv.slice(2);
  await main({ file, scanned });
}
