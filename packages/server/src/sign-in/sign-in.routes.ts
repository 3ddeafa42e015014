import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { Route } from '../http/route.ts';
import type { FormPlatform } from '../pages/forms.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { aboutRoute } from './about.routes.ts';
import { dashboardRoutes } from './dashboard.routes.ts';
import { loginRoutes } from './login.routes.ts';
import { oidcRoutes } from './oidc/oidc.routes.ts';
import { qrcodeLoginRoutes } from './qrcode-login.routes.ts';
import type { SessionPlatform } from './session.ts';

/** Every way into the pages, and the page of one's own account. */
export function signInRoutes(
  platform: AccountsPlatform & FormPlatform & SessionPlatform,
  limiter: RateLimiter,
): readonly Route[] {
  return [
    ...loginRoutes(platform, limiter),
    aboutRoute(platform),
    ...oidcRoutes(platform),
    ...qrcodeLoginRoutes(platform),
    ...dashboardRoutes(platform),
  ];
}
