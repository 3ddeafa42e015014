// An account creator that asks our own directory instead of an account server: one function of the
// service is ours, the others stay not implemented.
import {
  type AccountCreator,
  AccountCreatorService,
  AccountCreatorStatus,
  Core,
} from '@dialtone/client';

const directory = new Set(['user_exist']);

/** Answers a provisional status, and notifies exactly one final status. */
function isAccountExist(creator: AccountCreator): AccountCreatorStatus {
  const { username } = creator;
  if (username === null) {
    const missing = AccountCreatorStatus.MissingArguments;
    creator.notify('isAccountExist', missing, 'Missing required parameters');
    return missing;
  }
  if (directory.has(username)) {
    creator.notify('isAccountExist', AccountCreatorStatus.AccountExist, 'Account exist');
  } else {
    creator.notify(
      'isAccountExist',
      AccountCreatorStatus.AccountNotExist,
      'Account does not exist',
    );
  }
  return AccountCreatorStatus.RequestOk;
}

export async function main(log: (line: string) => void = console.log): Promise<void> {
  const core = new Core();
  core.accountCreatorService = new AccountCreatorService({ isAccountExistCb: isAccountExist });

  // The creator keeps the service that the core has now.
  const creator = core.createAccountCreator('url://server.example.org');
  creator.addListener({
    onIsAccountExist: (_creator, status, response) => log(`final status ${status}: ${response}`),
  });
  creator.setUsername('user_exist');
  if (creator.isAccountExist() !== AccountCreatorStatus.RequestOk) {
    log('Error with the request isAccountExist');
  }

  // The same request as a promise.
  creator.setUsername('somebody_else');
  const { status } = await creator.request('isAccountExist').done;
  log(status === AccountCreatorStatus.AccountNotExist ? 'the name is free' : 'the name is taken');
  creator.dispose();
}

if (import.meta.main) await main();
