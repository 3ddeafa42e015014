import { fastify, type FastifyInstance } from 'fastify';
import { accountsRoutes } from './accounts/accounts.routes.ts';
import { apiKeyAuthenticator } from './auth/api-key.ts';
import { apiKeyRoutes } from './auth/api-keys.routes.ts';
import { audienceGuards } from './auth/audience.ts';
import { bearerAuthenticator } from './auth/bearer.ts';
import { certificateAuthenticator } from './auth/certificate.ts';
import { digestAuthenticator } from './auth/digest.ts';
import { FailureLimit } from './auth/failure-limit.ts';
import type { KeyUsage } from './auth/key-usage.ts';
import { createCaptcha } from './captcha/captcha.ts';
import { creationTokenRoutes } from './captcha/creation-token.routes.ts';
import { contactsRoutes } from './contacts/contacts.routes.ts';
import { type DevicesPlatform, devicesRoutes } from './devices/devices.routes.ts';
import { mountHealth } from './health/health.ts';
import { createMetrics } from './health/metrics.ts';
import { pingRoutes } from './health/ping.routes.ts';
import { allowCrossOrigin } from './http/cors.ts';
import { mountRoute, type Pipeline, replyToError } from './http/pipeline.ts';
import { requestFacts } from './http/request-facts.ts';
import type { Route } from './http/route.ts';
import { sendReply } from './http/send-reply.ts';
import { answerUnmatched } from './http/unmatched.ts';
import { legacyApiRoutes } from './legacy-api/legacy-api.routes.ts';
import { observeRequests, requestLog } from './log/request-log.ts';
import { outboxRoutes } from './messaging/outbox.routes.ts';
import { openApiRoutes } from './openapi/openapi.routes.ts';
import { phoneCountriesRoutes } from './phone-countries/phone-countries.routes.ts';
import type { Platform } from './platform.ts';
import type { ProvisioningPlatform } from './provisioning/provisioning-platform.ts';
import { provisioningRoutes } from './provisioning/provisioning.routes.ts';
import type { RateLimiter } from './rate-limit/rate-limiter.ts';
import { recoveryRoutes } from './recovery/recovery.routes.ts';
import { passwordRoutes } from './reset-password/password.routes.ts';
import { resetPasswordRoutes } from './reset-password/reset-password.routes.ts';
import type { Seal } from './sealing/seal.ts';
import { sessionAuthenticator } from './sign-in/session.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { spacesRoutes } from './spaces/spaces.routes.ts';
import type { PushSender } from './tokens/push-token.service.ts';
import { tokensRoutes } from './tokens/tokens.routes.ts';
import { turnRoutes } from './turn/turn.routes.ts';
import { version } from './version.ts';
import { xmlrpcRoutes } from './xmlrpc/xmlrpc.routes.ts';

/** Long-lived parts of the application, made and ended by main.ts. */
export interface AppServices {
  readonly keyUsage: KeyUsage;
  readonly limiter: RateLimiter;
  readonly inspect?: Pipeline['inspect'];
}

/** The endpoints of each feature, by the folder that declares them. */
export function routesByFolder(
  platform: AppPlatform,
  services: Pick<AppServices, 'limiter'>,
): Readonly<Record<string, readonly Route[]>> {
  const captcha = createCaptcha(platform, services.limiter);
  const features = {
    health: pingRoutes(),
    auth: apiKeyRoutes(platform),
    accounts: accountsRoutes(platform),
    tokens: tokensRoutes(platform, platform.push),
    turn: turnRoutes(platform),
    'phone-countries': phoneCountriesRoutes(platform),
    spaces: spacesRoutes(platform),
    contacts: contactsRoutes(platform),
    devices: devicesRoutes(platform),
    messaging: outboxRoutes(platform),
    provisioning: provisioningRoutes(platform),
    xmlrpc: xmlrpcRoutes(platform, services.limiter),
    captcha: creationTokenRoutes(platform, captcha),
    recovery: recoveryRoutes(platform, captcha, services.limiter),
    'reset-password': [...resetPasswordRoutes(platform), ...passwordRoutes(platform)],
    'sign-in': signInRoutes(platform, services.limiter),
    'legacy-api': legacyApiRoutes(platform, platform.push),
  };
  return { ...features, openapi: openApiRoutes(Object.values(features).flat(), version) };
}

/** Every endpoint of the server. */
export function allRoutes(
  platform: AppPlatform,
  services: Pick<AppServices, 'limiter'>,
): readonly Route[] {
  return Object.values(routesByFolder(platform, services)).flat();
}

/** The platform with what only some features need (hooks, push, the ports of the registrar). */
export type AppPlatform = Platform &
  ProvisioningPlatform &
  DevicesPlatform & {
    /** Hands pushes over at once; undefined when nothing is configured that can push. */
    readonly push?: PushSender | undefined;
    /** Seals what browsers keep for us: sessions, forms, captchas. */
    readonly seal: Seal;
  };

/** The HTTP application; it listens when told (main.ts) or answers injected requests (tests). */
export function buildApp(
  platform: AppPlatform,
  services: AppServices,
  routes: readonly Route[] = allRoutes(platform, services),
): FastifyInstance {
  const { http } = platform.config;
  const app = fastify({
    trustProxy: http.trustedProxies.length === 0 ? false : http.trustedProxies,
    requestTimeout: http.requestTimeoutMs,
    http: {
      // Whatever is slow or silent is cut: headers, the whole request, idle connections.
      headersTimeout: Math.min(15_000, http.requestTimeoutMs),
      // Other upgrades are offers that a server may pass over (RFC 9110 §7.8): Java's client offers h2c.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    keepAliveTimeout: 72_000,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => {
      void sendReply(reply, replyToError(error, requestFacts(request), platform));
    },
  });
  // The pipeline reads bodies itself, in its own order.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.setErrorHandler((error, request, reply) =>
    sendReply(reply, replyToError(error, requestFacts(request), platform)),
  );

  const metrics = createMetrics(platform);
  observeRequests(app, [requestLog(platform.log), metrics.observeRequest]);
  allowCrossOrigin(app);
  mountHealth(app, platform, metrics);

  const guards = audienceGuards({
    certificate: certificateAuthenticator(platform),
    bearer: bearerAuthenticator(platform),
    digest: digestAuthenticator(platform, new FailureLimit(services.limiter)),
    apiKey: apiKeyAuthenticator(platform, services.keyUsage),
    session: sessionAuthenticator(platform),
  });
  const pipeline = { platform, guards, limiter: services.limiter, inspect: services.inspect };
  for (const route of routes) mountRoute(app, route, pipeline);
  answerUnmatched(app, routes, platform);
  return app;
}
