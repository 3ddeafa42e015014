import { accountSettings, expirySettings, turnSettings } from './settings/accounts.ts';
import { applicationSettings, logSettings, serverSettings } from './settings/application.ts';
import { bearerSettings } from './settings/bearer.ts';
import { captchaSettings } from './settings/captcha.ts';
import { legacyApiSettings } from './settings/legacy-api.ts';
import { maintenanceSettings } from './settings/maintenance.ts';
import { mailSettings, pushSettings, smsSettings } from './settings/messaging.ts';
import { integrationSettings, provisioningSettings, sipSettings } from './settings/sip.ts';
import { dataSettings, redisSettings } from './settings/storage.ts';
import { xmlrpcSettings } from './settings/xmlrpc.ts';

/** Every setting, by the part of the configuration it makes; the order is that of docs/settings.md. */
export const settingGroups = {
  app: applicationSettings,
  http: serverSettings,
  log: logSettings,
  data: dataSettings,
  redis: redisSettings,
  accounts: accountSettings,
  expiry: expirySettings,
  bearer: bearerSettings,
  mail: mailSettings,
  sms: smsSettings,
  push: pushSettings,
  sip: sipSettings,
  provisioning: provisioningSettings,
  xmlrpc: xmlrpcSettings,
  legacyApi: legacyApiSettings,
  turn: turnSettings,
  captcha: captchaSettings,
  maintenance: maintenanceSettings,
  integrations: integrationSettings,
} as const;
