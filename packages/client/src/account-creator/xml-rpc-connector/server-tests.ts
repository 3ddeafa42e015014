import { AccountCreatorStatus } from '../enums.ts';
import { xmlRpcResults } from './results.ts';
import { byTable, xmlRpcAction } from './xml-rpc-action.ts';

/** §3.13. Only servers that allow test accounts answer it. */
export const getConfirmationKey = xmlRpcAction({
  request: 'getConfirmationKey',
  prepare(creator) {
    const { username, password } = creator;
    if (username === null || password === null || creator.effectiveDomain === null) {
      return undefined;
    }
    creator.fillFromAssistant();
    const { effectiveDomain, algorithm } = creator;
    return {
      method: 'get_confirmation_key',
      args: [username, creator.ha1Of(password), effectiveDomain, algorithm],
    };
  },
  conclude: byTable(xmlRpcResults.getConfirmationKey, (creator, text, status) => {
    if (status === AccountCreatorStatus.RequestOk) creator.adopt({ activationCode: text });
  }),
});

/** §3.14. Only servers that allow test accounts answer it; the password goes in clear. */
export const deleteAccount = xmlRpcAction({
  request: 'deleteAccount',
  prepare(creator) {
    if (creator.user === null || creator.password === null || creator.effectiveDomain === null) {
      return undefined;
    }
    creator.fillFromAssistant();
    const { user, password, effectiveDomain, algorithm } = creator;
    return { method: 'delete_account', args: [user, password, effectiveDomain, algorithm] };
  },
  conclude: byTable(xmlRpcResults.deleteAccount),
});
