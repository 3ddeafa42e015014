import type { Route } from '../http/route.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { adminAccountActionRoutes } from './admin-actions.routes.ts';
import { adminAccountRoutes } from './admin.routes.ts';
import { carddavCredentialsRoutes } from './carddav/carddav-credentials.routes.ts';
import { changeRoutes } from './change/change.routes.ts';
import { ownAccountRoutes } from './me.routes.ts';
import { publicAccountRoutes } from './public.routes.ts';

/** Every endpoint of accounts. */
export function accountsRoutes(platform: AccountsPlatform): readonly Route[] {
  return [
    ...publicAccountRoutes(platform),
    ...ownAccountRoutes(platform),
    ...changeRoutes(platform),
    ...adminAccountRoutes(platform),
    ...adminAccountActionRoutes(platform),
    ...carddavCredentialsRoutes(platform),
  ];
}
