import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Route } from '../http/route.ts';
import type { PushSender } from '../tokens/push-token.service.ts';
import { activationRoutes } from './activation.routes.ts';
import { adminStateRoutes } from './admin-state.routes.ts';
import { creationRoutes } from './creation.routes.ts';
import { lookUpRoutes } from './look-ups.routes.ts';
import { recoveryRoutes } from './recovery.routes.ts';

/**
 * The endpoints of FAM 1 that liblinphone's FlexiAPI connector still calls, gone from FAM 2
 * (account-creator.md §5.2). They trust codes where newer ones want credentials, so there are none
 * unless the administrator asks for them.
 */
export function legacyApiRoutes(
  platform: AccountsPlatform,
  push: PushSender | undefined,
): readonly Route[] {
  if (!platform.config.legacyApi.enabled) return [];
  return [
    ...lookUpRoutes(platform),
    ...creationRoutes(platform, push),
    ...activationRoutes(platform),
    ...recoveryRoutes(platform),
    ...adminStateRoutes(platform),
  ];
}
