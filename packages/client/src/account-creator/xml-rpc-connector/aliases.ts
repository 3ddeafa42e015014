import { xmlRpcResults } from './results.ts';
import { byTable, xmlRpcAction } from './xml-rpc-action.ts';

/** §3.6. */
export const linkAccount = xmlRpcAction({
  request: 'linkAccount',
  prepare(creator) {
    if (!creator.phoneNumber || creator.username === null) return undefined;
    creator.fillFromAssistant();
    const { phoneNumber, username, effectiveDomain, language } = creator;
    return {
      method: 'link_phone_number_with_account',
      args: [phoneNumber, username, effectiveDomain, language],
    };
  },
  conclude: byTable(xmlRpcResults.linkAccount),
});

/** §3.7. */
export const activateAlias = xmlRpcAction({
  request: 'activateAlias',
  prepare(creator) {
    if (!creator.phoneNumber || creator.username === null) return undefined;
    if (creator.activationCode === null || creator.effectiveDomain === null) return undefined;
    if (creator.currentHa1 === null) return undefined;
    creator.fillFromAssistant();
    const { phoneNumber, username, activationCode, effectiveDomain, algorithm } = creator;
    return {
      method: 'activate_phone_number_link',
      args: [phoneNumber, username, activationCode, creator.currentHa1, effectiveDomain, algorithm],
    };
  },
  conclude: byTable(xmlRpcResults.activateAlias),
});

/** §3.8. The phone number is required: there is nothing to ask without it. */
export const isAliasUsed = xmlRpcAction({
  request: 'isAliasUsed',
  prepare(creator) {
    if (creator.identity === null || !creator.phoneNumber) return undefined;
    creator.fillFromAssistant();
    const { phoneNumber, effectiveDomain } = creator;
    return { method: 'is_phone_number_used', args: [phoneNumber, effectiveDomain] };
  },
  conclude: byTable(xmlRpcResults.isAliasUsed),
});

/** §3.9. The phone number that is answered is not kept. */
export const isAccountLinked = xmlRpcAction({
  request: 'isAccountLinked',
  prepare(creator) {
    if (creator.username === null || creator.effectiveDomain === null) return undefined;
    creator.fillFromAssistant();
    const { username, effectiveDomain } = creator;
    return { method: 'get_phone_number_for_account', args: [username, effectiveDomain] };
  },
  conclude: byTable(xmlRpcResults.isAccountLinked),
});
