import {
  datetime,
  flag,
  id32,
  id64,
  identity,
  int,
  nullable,
  ref32,
  string,
  timestamp,
  withDefault,
} from '../support/columns.ts';
import type { Table } from '../support/table.ts';

const accounts: Table = {
  name: 'accounts',
  columns: {
    id: id32,
    username: identity(64),
    domain: identity(64),
    email: nullable(identity(64)),
    activated: flag(0),
    ip_address: string(39),
    user_agent: string(256),
    created_at: datetime,
    expire_time: nullable(datetime),
    display_name: nullable(string(255)),
    dtmf_protocol: nullable(string(255)),
    updated_at: nullable(datetime),
    blocked: flag(0),
    admin: flag(0),
    phone: nullable(string(64)),
  },
  unique: [['username', 'domain']],
  index: [['blocked'], ['created_at'], ['domain'], ['email'], ['username']],
  foreign: [{ column: 'domain', references: ['spaces', 'domain'] }],
};

const passwords: Table = {
  name: 'passwords',
  columns: {
    id: id32,
    account_id: ref32,
    password: string(255),
    algorithm: withDefault(string(10), "'MD5'"),
  },
  unique: [['account_id', 'algorithm']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const accountsTombstones: Table = {
  name: 'accounts_tombstones',
  columns: {
    id: id64,
    username: identity(64),
    domain: identity(64),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['username', 'domain']],
};

const apiKeys: Table = {
  name: 'api_keys',
  columns: {
    id: id32,
    account_id: ref32,
    key: string(160),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    last_used_at: datetime,
    ip: nullable(string(255)),
    requests: withDefault(int, '0'),
    name: nullable(string(255)),
    expires_after_last_used_minutes: nullable(int),
  },
  unique: [['key']],
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const opaques: Table = {
  name: 'opaques',
  columns: {
    id: id32,
    account_id: ref32,
    nonce: string(255),
    nc: withDefault(int, '0'),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: string(255),
    opaque: string(64),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const authTokens: Table = {
  name: 'auth_tokens',
  columns: {
    id: id64,
    account_id: nullable(ref32),
    token: string(32),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    ip: nullable(string(255)),
    user_agent: nullable(string(255)),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

export const accountsTables: readonly Table[] = [
  accounts,
  passwords,
  accountsTombstones,
  apiKeys,
  opaques,
  authTokens,
];
