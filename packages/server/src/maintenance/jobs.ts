import { AUTH_TOKEN_MINUTES } from '../tokens/auth-token.ts';
import type { MaintenanceJob } from './job.ts';
import { oldAccounts } from './old-accounts.ts';
import { oldApiKeys } from './old-api-keys.ts';
import { oldRows } from './old-rows.ts';
import { oldRequestTokens, replacedProvisioningTokens } from './old-tokens.ts';

const daily = 24 * 60;

/** Sessions are kept this long when the settings give them no end. */
const defaultNonceMinutes = 60;

/** An app exchanges its token as soon as the captcha is solved. */
const requestTokenDays = 7;

/** They configure no phone any more, but mails show their QR codes (behaviour X5). */
const replacedTokenDays = 30;

/** Every job, with the meaning of FAM's command (flexiapi-more.md §2). */
export const maintenanceJobs: readonly MaintenanceJob[] = [
  {
    name: 'clear-api-keys',
    summary: 'user API keys not used for so long, and administrators’ keys past their own delay',
    unit: 'minutes',
    defaultAge: (config) => config.expiry.apiKeyMinutes,
    everyMinutes: 60,
    ...oldApiKeys,
  },
  {
    name: 'clear-nonces',
    summary: 'HTTP digest challenges',
    unit: 'minutes',
    defaultAge: (config) => config.expiry.nonceMinutes || defaultNonceMinutes,
    everyMinutes: 10,
    ...oldRows(['opaques']),
  },
  {
    name: 'clear-auth-tokens',
    summary: 'sign-in tokens that nobody used',
    unit: 'minutes',
    defaultAge: () => AUTH_TOKEN_MINUTES,
    everyMinutes: 60,
    ...oldRows(['auth_tokens']),
  },
  {
    name: 'clear-request-tokens',
    summary: 'account creation request tokens that nobody exchanged',
    unit: 'days',
    defaultAge: () => requestTokenDays,
    everyMinutes: daily,
    ...oldRequestTokens,
  },
  {
    name: 'clear-provisioning-tokens',
    summary: 'provisioning tokens that a newer one has replaced',
    unit: 'days',
    defaultAge: () => replacedTokenDays,
    everyMinutes: daily,
    ...replacedProvisioningTokens,
  },
  unconfirmedAccounts({ andConfirmed: false }),
  {
    name: 'clear-tombstones',
    summary: 'memories of deleted accounts; their usernames are free again',
    unit: 'days',
    defaultAge: (config) => config.maintenance.tombstoneDays,
    everyMinutes: daily,
    ...oldRows(['accounts_tombstones']),
  },
  {
    name: 'clear-statistics',
    summary: 'statistics of messages and calls',
    unit: 'days',
    defaultAge: (config) => config.maintenance.statisticsDays,
    everyMinutes: daily,
    ...oldRows(['statistics_messages', 'statistics_calls']),
  },
];

/** Accounts nobody has activated, or with `andConfirmed` all of that age. */
export function unconfirmedAccounts(options: { readonly andConfirmed: boolean }): MaintenanceJob {
  return {
    name: 'clear-unconfirmed',
    summary: 'accounts that were never activated; administrators stay',
    unit: 'days',
    defaultAge: (config) => config.maintenance.unconfirmedDays,
    everyMinutes: daily,
    ...oldAccounts(options),
  };
}
