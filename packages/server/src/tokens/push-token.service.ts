import { tooManyRequests, unavailable } from '../errors/service-error.ts';
import type { PushMessage } from '../messaging/message.ts';
import type { Platform } from '../platform.ts';
import { createAccountCreationToken } from './account-creation-token.ts';
import { createAccountRecoveryToken } from './account-recovery-token.ts';
import type { Origin } from './life-cycle.ts';
import { type PushTarget, spentTokenLately } from './push-target.ts';

/** Hands a push notification over at once; rejects when it could not. */
export interface PushSender {
  send(
    message: PushMessage,
    delivery: { readonly id: number; readonly spaceId: undefined },
  ): Promise<void>;
}

/** Which right is pushed to a device. */
export type PushedToken = 'account_creation_tokens' | 'account_recovery_tokens';

/**
 * Creates a token and pushes it to a device: only the app on it learns the token. The caller waits
 * for the push, so there is no outbox; a token that could not be pushed is taken back
 * (flexiapi-core.md §5.2, §5.6).
 * @throws ServiceError `request.too_many` when the device has spent such a token lately, `push.unavailable`
 */
export async function pushToken(
  platform: Pick<Platform, 'db' | 'clock' | 'random' | 'config'>,
  sender: PushSender | undefined,
  kind: PushedToken,
  target: PushTarget,
  origin: Origin,
): Promise<void> {
  const minutes = platform.config.expiry.accountCreationTokenRetryMinutes;
  if (await spentTokenLately(platform.db, kind, target, minutes, platform.clock.now())) {
    throw tooManyRequests(minutes * 60);
  }
  if (sender === undefined) throw unavailable('push.unavailable');
  const token =
    kind === 'account_creation_tokens'
      ? (await createAccountCreationToken(platform, origin, target)).token
      : await createAccountRecoveryToken(platform, origin, target);
  try {
    await sender.send(pushMessage(target, token), { id: 0, spaceId: undefined });
  } catch (error) {
    await platform.db.deleteFrom(kind).where('token', '=', token).execute();
    throw unavailable('push.unavailable', error);
  }
}

function pushMessage(target: PushTarget, token: string): PushMessage {
  return {
    kind: 'push',
    to: target.prid,
    provider: target.provider,
    param: target.param,
    customPayload: { token },
  };
}
