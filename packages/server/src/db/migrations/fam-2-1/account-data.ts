import {
  char,
  datetime,
  flag,
  id32,
  id64,
  identity,
  int,
  nullable,
  ref32,
  ref64,
  string,
  text,
  timestamp,
  withDefault,
} from '../support/columns.ts';
import type { Table } from '../support/table.ts';

const accountDictionaryEntries: Table = {
  name: 'account_dictionary_entries',
  columns: {
    id: id64,
    key: identity(255),
    value: string(255),
    account_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'key']],
  index: [['key'], ['value']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const accountTypes: Table = {
  name: 'account_types',
  columns: {
    id: id32,
    key: identity(64),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['key']],
};

const accountAccountType: Table = {
  name: 'account_account_type',
  columns: {
    account_id: ref32,
    account_type_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'account_type_id']],
  index: [['account_type_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'account_type_id', references: ['account_types', 'id'] },
  ],
};

const accountActions: Table = {
  name: 'account_actions',
  columns: {
    id: id64,
    account_id: ref32,
    key: identity(255),
    code: string(255),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const contacts: Table = {
  name: 'contacts',
  columns: {
    account_id: ref32,
    contact_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'contact_id']],
  index: [['contact_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'contact_id', references: ['accounts', 'id'] },
  ],
};

const contactsLists: Table = {
  name: 'contacts_lists',
  columns: {
    id: id64,
    title: identity(255),
    description: nullable(text),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
    space_id: ref64,
  },
  unique: [['title']],
  index: [['space_id']],
  foreign: [{ column: 'space_id', references: ['spaces', 'id'] }],
};

const accountContactsList: Table = {
  name: 'account_contacts_list',
  columns: {
    account_id: ref32,
    contacts_list_id: ref64,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'contacts_list_id']],
  index: [['contacts_list_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'contacts_list_id', references: ['contacts_lists', 'id'] },
  ],
};

const contactsListContact: Table = {
  name: 'contacts_list_contact',
  columns: {
    contact_id: ref32,
    contacts_list_id: ref64,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['contact_id', 'contacts_list_id']],
  index: [['contacts_list_id']],
  foreign: [
    { column: 'contact_id', references: ['accounts', 'id'] },
    { column: 'contacts_list_id', references: ['contacts_lists', 'id'] },
  ],
};

const vcardsStorage: Table = {
  name: 'vcards_storage',
  columns: {
    id: id64,
    uuid: identity(45),
    vcard: text,
    account_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'uuid']],
  index: [['uuid']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const accountFiles: Table = {
  name: 'account_files',
  columns: {
    id: char(36),
    account_id: nullable(ref32),
    name: nullable(string(255)),
    size: nullable(int),
    content_type: string(255),
    sip_from: nullable(text),
    uploaded_at: nullable(datetime),
    sending_by_mail_at: nullable(datetime),
    sending_by_mail_tryouts: withDefault(int, '0'),
    sent_by_mail_at: nullable(datetime),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  primary: ['id'],
  index: [['account_id'], ['content_type']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const callForwardings: Table = {
  name: 'call_forwardings',
  columns: {
    id: id64,
    account_id: nullable(ref32),
    type: string(255),
    forward_to: string(255),
    sip_uri: nullable(string(255)),
    enabled: flag(0),
    contact_id: nullable(ref32),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['account_id', 'type']],
  index: [['contact_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'contact_id', references: ['accounts', 'id'] },
  ],
};

const externalAccounts: Table = {
  name: 'external_accounts',
  columns: {
    id: id64,
    username: identity(64),
    domain: identity(64),
    password: string(255),
    algorithm: withDefault(string(10), "'MD5'"),
    realm: nullable(string(64)),
    registrar: nullable(string(64)),
    outbound_proxy: nullable(string(64)),
    protocol: withDefault(string(4), "'UDP'"),
    account_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['username', 'domain']],
  index: [['account_id']],
  foreign: [{ column: 'account_id', references: ['accounts', 'id'] }],
};

const accountCarddavCredentials: Table = {
  name: 'account_carddav_credentials',
  columns: {
    username: string(64),
    password: string(255),
    realm: string(255),
    algorithm: withDefault(string(10), "'MD5'"),
    space_carddav_server_id: ref64,
    account_id: ref32,
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  unique: [['space_carddav_server_id', 'account_id']],
  index: [['account_id']],
  foreign: [
    { column: 'account_id', references: ['accounts', 'id'] },
    { column: 'space_carddav_server_id', references: ['space_carddav_servers', 'id'] },
  ],
};

const phoneCountries: Table = {
  name: 'phone_countries',
  columns: {
    code: identity(2),
    country_code: string(3),
    activated: flag(0),
    created_at: nullable(timestamp),
    updated_at: nullable(timestamp),
  },
  primary: ['code'],
};

export const accountDataTables: readonly Table[] = [
  accountDictionaryEntries,
  accountTypes,
  accountAccountType,
  accountActions,
  contacts,
  contactsLists,
  accountContactsList,
  contactsListContact,
  vcardsStorage,
  accountFiles,
  callForwardings,
  externalAccounts,
  accountCarddavCredentials,
  phoneCountries,
];
