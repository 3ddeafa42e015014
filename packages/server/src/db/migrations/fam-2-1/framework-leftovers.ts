import {
  id32,
  identity,
  int,
  longtext,
  nullable,
  string,
  text,
  timestamp,
  withDefault,
} from '../support/columns.ts';
import type { Table } from '../support/table.ts';

const migrations: Table = {
  name: 'migrations',
  columns: {
    id: id32,
    migration: string(255),
    batch: int,
  },
};

const failedJobs: Table = {
  name: 'failed_jobs',
  columns: {
    id: id32,
    connection: text,
    queue: text,
    payload: longtext,
    exception: longtext,
    failed_at: withDefault(timestamp, 'current_timestamp'),
  },
};

const passwordResets: Table = {
  name: 'password_resets',
  columns: {
    email: identity(255),
    token: string(255),
    created_at: nullable(timestamp),
  },
  index: [['email']],
};

const users: Table = {
  name: 'users',
  columns: {
    id: id32,
    name: string(255),
    email: identity(160),
    email_verified_at: nullable(timestamp),
    password: string(255),
    remember_token: nullable(string(100)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['email']],
};

export const frameworkLeftoversTables: readonly Table[] = [
  migrations,
  failedJobs,
  passwordResets,
  users,
];
