import {
  datetime,
  flag,
  id32,
  id64,
  identity,
  nullable,
  ref32,
  ref64,
  string,
  timestamp,
  tinyint,
  withDefault,
} from '../support/columns.ts';
import type { Table } from '../support/table.ts';

const accountCreationTokens: Table = {
  name: 'account_creation_tokens',
  columns: {
    id: id64,
    token: string(255),
    pn_provider: nullable(string(255)),
    pn_param: nullable(string(255)),
    pn_prid: nullable(string(255)),
    used: flag(0),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    account_id: nullable(ref32),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['account_id'], ['pn_provider', 'pn_param', 'pn_prid'], ['token']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const accountCreationRequestTokens: Table = {
  name: 'account_creation_request_tokens',
  columns: {
    id: id64,
    token: string(16),
    used: flag(0),
    validated_at: nullable(datetime),
    acc_creation_token_id: nullable(ref64),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['acc_creation_token_id'], ['token']],
  foreign: [{ column: 'acc_creation_token_id', references: ['account_creation_tokens', 'id'] }],
};

const accountRecoveryTokens: Table = {
  name: 'account_recovery_tokens',
  columns: {
    id: id64,
    token: string(255),
    pn_provider: string(255),
    pn_param: string(255),
    pn_prid: string(255),
    used: flag(0),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
    account_id: nullable(ref32),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  index: [['account_id'], ['pn_provider', 'pn_param', 'pn_prid'], ['token']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const provisioningTokens: Table = {
  name: 'provisioning_tokens',
  columns: {
    id: id32,
    account_id: ref32,
    token: nullable(string(255)),
    used: flag(0),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const recoveryCodes: Table = {
  name: 'recovery_codes',
  columns: {
    id: id32,
    account_id: ref32,
    code: nullable(string(255)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
    phone: nullable(string(255)),
    email: nullable(identity(255)),
    attempts: withDefault(tinyint, '0'),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const emailChangeCodes: Table = {
  name: 'email_change_codes',
  columns: {
    id: id32,
    account_id: ref32,
    code: nullable(string(255)),
    email: identity(255),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const phoneChangeCodes: Table = {
  name: 'phone_change_codes',
  columns: {
    id: id32,
    account_id: ref32,
    code: nullable(string(255)),
    phone: string(255),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const resetPasswordEmailTokens: Table = {
  name: 'reset_password_email_tokens',
  columns: {
    id: id64,
    token: string(16),
    used: flag(0),
    email: identity(255),
    account_id: ref32,
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const wizards: Table = {
  name: 'wizards',
  columns: {
    token: string(8),
    account_id: ref32,
    provisioning_account_id: nullable(ref32),
    sip: nullable(string(255)),
    linphone_action: nullable(string(255)),
    linphone_use_sips: nullable(flag()),
    used_at: nullable(timestamp),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  primary: ['token'],
  index: [['account_id'], ['provisioning_account_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'provisioning_account_id', references: ['accounts', 'id'] },
  ],
};

export const tokensTables: readonly Table[] = [
  accountCreationTokens,
  accountCreationRequestTokens,
  accountRecoveryTokens,
  provisioningTokens,
  recoveryCodes,
  emailChangeCodes,
  phoneChangeCodes,
  resetPasswordEmailTokens,
  wizards,
];
