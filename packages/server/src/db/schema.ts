import type {
  FailedJobsTable,
  MigrationsTable,
  PasswordResetsTable,
  UsersTable,
} from './tables/framework-leftovers.table.ts';
import type { AccountAccountTypeTable } from './tables/account-account-type.table.ts';
import type { AccountActionsTable } from './tables/account-actions.table.ts';
import type { AccountCarddavCredentialsTable } from './tables/account-carddav-credentials.table.ts';
import type { AccountContactsListTable } from './tables/account-contacts-list.table.ts';
import type { AccountCreationRequestTokensTable } from './tables/account-creation-request-tokens.table.ts';
import type { AccountCreationTokensTable } from './tables/account-creation-tokens.table.ts';
import type { AccountDictionaryEntriesTable } from './tables/account-dictionary-entries.table.ts';
import type { AccountFilesTable } from './tables/account-files.table.ts';
import type { AccountRecoveryTokensTable } from './tables/account-recovery-tokens.table.ts';
import type { AccountTypesTable } from './tables/account-types.table.ts';
import type { AccountsTable } from './tables/accounts.table.ts';
import type { AccountsTombstonesTable } from './tables/accounts-tombstones.table.ts';
import type { ApiKeysTable } from './tables/api-keys.table.ts';
import type { AuthTokensTable } from './tables/auth-tokens.table.ts';
import type { CallForwardingsTable } from './tables/call-forwardings.table.ts';
import type { ContactsListContactTable } from './tables/contacts-list-contact.table.ts';
import type { ContactsListsTable } from './tables/contacts-lists.table.ts';
import type { ContactsTable } from './tables/contacts.table.ts';
import type { DialtoneCodeAttemptsTable } from './tables/dialtone-code-attempts.table.ts';
import type { DialtoneOutboxTable } from './tables/dialtone-outbox.table.ts';
import type { DialtoneSpaceDoorsTable } from './tables/dialtone-space-doors.table.ts';
import type { EmailChangeCodesTable } from './tables/email-change-codes.table.ts';
import type { ExternalAccountsTable } from './tables/external-accounts.table.ts';
import type { OpaquesTable } from './tables/opaques.table.ts';
import type { PasswordsTable } from './tables/passwords.table.ts';
import type { PhoneChangeCodesTable } from './tables/phone-change-codes.table.ts';
import type { PhoneCountriesTable } from './tables/phone-countries.table.ts';
import type { ProvisioningTokensTable } from './tables/provisioning-tokens.table.ts';
import type { RecoveryCodesTable } from './tables/recovery-codes.table.ts';
import type { ResetPasswordEmailTokensTable } from './tables/reset-password-email-tokens.table.ts';
import type { SpaceCarddavServersTable } from './tables/space-carddav-servers.table.ts';
import type { SpaceDigestAuthenticationConfigurationsTable } from './tables/space-digest-authentication-configurations.table.ts';
import type { SpaceEmailServersTable } from './tables/space-email-servers.table.ts';
import type { SpaceOidcAuthenticationConfigurationsTable } from './tables/space-oidc-authentication-configurations.table.ts';
import type { SpacesTable } from './tables/spaces.table.ts';
import type { StatisticsCallDevicesTable } from './tables/statistics-call-devices.table.ts';
import type { StatisticsCallsTable } from './tables/statistics-calls.table.ts';
import type { StatisticsMessageDevicesTable } from './tables/statistics-message-devices.table.ts';
import type { StatisticsMessagesTable } from './tables/statistics-messages.table.ts';
import type { VcardsStorageTable } from './tables/vcards-storage.table.ts';
import type { WizardsTable } from './tables/wizards.table.ts';

/** Every table by name: FAM 2.1's (database.md), then our own, prefixed `dialtone_`. */
export interface Database {
  spaces: SpacesTable;
  space_digest_authentication_configurations: SpaceDigestAuthenticationConfigurationsTable;
  space_oidc_authentication_configurations: SpaceOidcAuthenticationConfigurationsTable;
  space_email_servers: SpaceEmailServersTable;
  space_carddav_servers: SpaceCarddavServersTable;
  accounts: AccountsTable;
  passwords: PasswordsTable;
  accounts_tombstones: AccountsTombstonesTable;
  api_keys: ApiKeysTable;
  opaques: OpaquesTable;
  auth_tokens: AuthTokensTable;
  account_creation_request_tokens: AccountCreationRequestTokensTable;
  account_creation_tokens: AccountCreationTokensTable;
  account_recovery_tokens: AccountRecoveryTokensTable;
  provisioning_tokens: ProvisioningTokensTable;
  recovery_codes: RecoveryCodesTable;
  email_change_codes: EmailChangeCodesTable;
  phone_change_codes: PhoneChangeCodesTable;
  reset_password_email_tokens: ResetPasswordEmailTokensTable;
  wizards: WizardsTable;
  account_dictionary_entries: AccountDictionaryEntriesTable;
  account_types: AccountTypesTable;
  account_account_type: AccountAccountTypeTable;
  account_actions: AccountActionsTable;
  contacts: ContactsTable;
  contacts_lists: ContactsListsTable;
  account_contacts_list: AccountContactsListTable;
  contacts_list_contact: ContactsListContactTable;
  vcards_storage: VcardsStorageTable;
  account_files: AccountFilesTable;
  call_forwardings: CallForwardingsTable;
  external_accounts: ExternalAccountsTable;
  account_carddav_credentials: AccountCarddavCredentialsTable;
  phone_countries: PhoneCountriesTable;
  statistics_messages: StatisticsMessagesTable;
  statistics_message_devices: StatisticsMessageDevicesTable;
  statistics_calls: StatisticsCallsTable;
  statistics_call_devices: StatisticsCallDevicesTable;
  migrations: MigrationsTable;
  failed_jobs: FailedJobsTable;
  password_resets: PasswordResetsTable;
  users: UsersTable;
  dialtone_code_attempts: DialtoneCodeAttemptsTable;
  dialtone_outbox: DialtoneOutboxTable;
  dialtone_space_doors: DialtoneSpaceDoorsTable;
}
