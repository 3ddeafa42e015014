// Contacts: those the server shows this account, and one's own, from the first start to the last.
//
//     node docs/examples/contacts.ts linphonerc https://accounts.example.org/provisioning/TOKEN
//     node docs/examples/contacts.ts linphonerc
import { Address, ConfigStore, Core, FriendListSyncStatus } from '@dialtone/client';

export interface Options {
  /** Where the configuration is kept; contacts are kept beside it. */
  readonly file: string;
  /** Where the configuration comes from; nothing at later starts. */
  readonly provisioningUrl?: string | undefined;
  /** Somebody who calls. */
  readonly caller?: string;
}

export async function main(
  { file, provisioningUrl, caller = 'sip:bob@sip.example.org' }: Options,
  log: (line: string) => void = console.log,
): Promise<void> {
  const core = new Core({ config: await ConfigStore.open({ file }) });
  if (provisioningUrl !== undefined) core.provisioning.uri = provisioningUrl;

  core.addListener({
    onFriendListCreated(_core, list) {
      if (list.uri === null) return;
      log(`contacts of ${new URL(list.uri).pathname}: ${list.friends.length} from the last time`);
      list.addListener({
        onContactCreated: (_list, friend) => log(`new: ${friend.name}`),
        onContactDeleted: (_list, friend) => log(`gone: ${friend.name}`),
        onSyncStatusChanged(_list, status, message) {
          if (status === FriendListSyncStatus.Failure) log(`not up to date: ${message}`);
        },
      });
    },
  });
  await core.start();
  // An application goes on meanwhile; this one waits for the contacts of the server.
  for (const { synchronization } of core.friendLists) await synchronization;

  // One's own contacts are in the default list.
  if (core.getFriendByRefKey('grandma') === null) {
    const grandma = core.createFriendWithAddress('"Grandma" <sip:grandma@sip.example.org>');
    if (grandma !== null) {
      grandma.refKey = 'grandma';
      grandma.addPhoneNumber('+33123456789');
      core.defaultFriendList.addFriend(grandma);
    }
  }

  for (const { name, address, vcard } of core.friendLists.flatMap(({ friends }) => friends)) {
    const [dtmf] = vcard.getExtendedPropertiesValuesByName('X-LINPHONE-ACCOUNT-DTMF-PROTOCOL');
    log(`${name}: ${address?.asStringUriOnly()}${dtmf === undefined ? '' : `, ${dtmf}`}`);
  }
  const address = Address.parse(caller);
  const friend = address && core.findFriend(address);
  log(`${caller} calls: ${friend?.name ?? 'a stranger'}`);
  await core.stop();
}

if (import.meta.main) {
  const [file = 'linphonerc', provisioningUrl] = process.argv.slice(2);
  await main({ file, provisioningUrl });
}
