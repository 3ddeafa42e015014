import {
  datetime,
  flag,
  id64,
  identity,
  int,
  nullable,
  string,
  timestamp,
} from '../support/columns.ts';
import type { Table } from '../support/table.ts';

const statisticsMessages: Table = {
  name: 'statistics_messages',
  columns: {
    id: string(64),
    from_username: identity(256),
    from_domain: identity(256),
    sent_at: datetime,
    encrypted: flag(0),
    conference_id: nullable(string(255)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['id']],
  index: [['from_domain'], ['from_username', 'from_domain'], ['from_username'], ['sent_at']],
};

const statisticsMessageDevices: Table = {
  name: 'statistics_message_devices',
  columns: {
    id: id64,
    message_id: string(64),
    to_username: identity(256),
    to_domain: identity(256),
    device_id: string(64),
    last_status: int,
    received_at: datetime,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['message_id', 'to_username', 'to_domain', 'device_id']],
  index: [['to_domain'], ['to_username']],
  foreign: [{ column: 'message_id', references: ['statistics_messages', 'id'] }],
};

const statisticsCalls: Table = {
  name: 'statistics_calls',
  columns: {
    id: string(64),
    from_username: identity(256),
    from_domain: identity(256),
    to_username: identity(256),
    to_domain: identity(256),
    initiated_at: datetime,
    ended_at: nullable(datetime),
    conference_id: nullable(string(255)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['id']],
  index: [
    ['from_domain'],
    ['from_username', 'from_domain'],
    ['from_username'],
    ['initiated_at'],
    ['to_domain'],
    ['to_username'],
  ],
};

const statisticsCallDevices: Table = {
  name: 'statistics_call_devices',
  columns: {
    id: id64,
    call_id: string(64),
    device_id: string(64),
    rang_at: nullable(datetime),
    invite_terminated_at: nullable(datetime),
    invite_terminated_state: nullable(string(255)),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['call_id', 'device_id']],
  foreign: [{ column: 'call_id', references: ['statistics_calls', 'id'] }],
};

export const statisticsTables: readonly Table[] = [
  statisticsMessages,
  statisticsMessageDevices,
  statisticsCalls,
  statisticsCallDevices,
];
