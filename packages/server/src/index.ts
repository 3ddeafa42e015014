export type { Account } from './accounts/account.ts';
export type { RunningServer } from './main.ts';
export type { Space } from './spaces/space.ts';
export { createAccount } from './accounts/create-account.ts';
export { deleteAccount, findAccountByAddress, listAccounts } from './accounts/account.service.ts';
export { validateRequestToken } from './tokens/account-creation-request-token.ts';
export { createAccountCreationToken } from './tokens/account-creation-token.ts';
export { setPassword } from './accounts/password/password.service.ts';
export { updateAccount } from './accounts/update-account.ts';
export { createAdministrator } from './accounts/create-administrator.ts';
export { deleteAdminKey, listAdminKeys } from './auth/api-key.repository.ts';
export { createAdminKey } from './auth/api-keys.service.ts';
export { ConfigError } from './config/config-error.ts';
export { loadEnvironment, readConfig, unknownSettings } from './config/env.ts';
export { openDatabase } from './db/database.ts';
export { checkFamSchema } from './db/adopt.ts';
export { databaseTime } from './db/database-time.ts';
export { SchemaError } from './db/schema-error.ts';
export { databasePlace, databaseProblem } from './db/database-problem.ts';
export { reachDatabase } from './db/reach-database.ts';
export { type JobReport, type MaintenanceJob, runJob } from './maintenance/job.ts';
export { maintenanceJobs, unconfirmedAccounts } from './maintenance/jobs.ts';
export { setAdmin } from './accounts/set-admin.ts';
export { migrate, schemaStatus } from './db/migrate.ts';
export { fieldTexts } from './errors/field-texts.ts';
export { isServiceError } from './errors/service-error.ts';
export { defineHooks, type Hooks } from './hooks/hooks.ts';
export type { HookRequest } from './provisioning/hooks/provisioning-hooks.ts';
export type { SectionEditor } from './provisioning/hooks/section-editor.ts';
export { StartError } from './errors/start-error.ts';
export { readMessage } from './messaging/outbox.ts';
export { presentMessage } from './messaging/outbox-json.ts';
export {
  countMessages,
  listMessages,
  reviveDeadMessages,
} from './messaging/outbox.repository.ts';
export { toDbDate } from './db/dates.ts';
export { type OpenPlatform, openPlatform } from './open-platform.ts';
export { startServer } from './main.ts';
export type { Config, Environment } from './config/env.ts';
export type { Platform } from './platform.ts';
export { setCountryActivated } from './phone-countries/phone-country.repository.ts';
export { issueProvisioning } from './provisioning/issue-provisioning.ts';
export { previewProvisioning } from './provisioning/preview/preview.service.ts';
export { configuredPorts } from './provisioning/registrar-address.ts';
export { qrMatrix } from './provisioning/qr/qr-matrix.ts';
export { qrTerminal } from './provisioning/qr/qr-terminal.ts';
export { publicOrigin } from './spaces/public-origin.ts';
export { checkCustomEntries } from './spaces/custom-entries/check-custom-entries.ts';
export { remarkText } from './spaces/custom-entries/entries-remark.ts';
export { sendExpiryNotices } from './spaces/expiry-notices/send-expiry-notices.ts';
export { setDigest } from './spaces/set-digest.ts';
export { removeOidc, setOidc } from './spaces/set-oidc.ts';
export {
  createSpace,
  findSpaceByDomain,
  getSpace,
  listSpaces,
  setSpaceDoors,
  updateSpace,
} from './spaces/space.service.ts';
export { type Figures, readFigures } from './health/figures.repository.ts';
export { type MailProbe, probeMail } from './health/probe-mail.ts';
export { probeRedis } from './health/probe-redis.ts';
export { version } from './version.ts';
export { createLogger, logDestination, type Logger } from './log/logger.ts';
