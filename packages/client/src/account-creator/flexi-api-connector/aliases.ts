import { textMember } from '../../flexi-api/error-body.ts';
import { AccountCreatorStatus as Status } from '../enums.ts';
import { defaultAccountClient, flexiApiAction, succeeded } from './flexi-api-action.ts';

export const linkAccount = flexiApiAction({
  request: 'linkAccount',
  prepare(creator) {
    const { phoneNumber } = creator;
    if (!phoneNumber || creator.username === null) return undefined;
    creator.fillFromAssistant();
    const client = defaultAccountClient(creator);
    return async () =>
      succeeded(Status.RequestOk, await client.accountPhoneChangeRequest(phoneNumber));
  },
});

export const activateAlias = flexiApiAction({
  request: 'activateAlias',
  prepare(creator) {
    const { activationCode } = creator;
    if (!creator.phoneNumber || creator.username === null) return undefined;
    if (activationCode === null || creator.effectiveDomain === null) return undefined;
    if (creator.currentHa1 === null) return undefined;
    creator.fillFromAssistant();
    const client = defaultAccountClient(creator);
    return async () =>
      succeeded(Status.AccountActivated, await client.accountPhoneChange(activationCode));
  },
});

export const isAccountLinked = flexiApiAction({
  request: 'isAccountLinked',
  prepare(creator) {
    if (creator.username === null || creator.effectiveDomain === null) return undefined;
    creator.fillFromAssistant();
    const client = defaultAccountClient(creator);
    return async () => {
      const response = await client.me();
      const linked = Boolean(textMember(response.json(), 'phone'));
      return succeeded(linked ? Status.AccountLinked : Status.AccountNotLinked, response);
    };
  },
});
