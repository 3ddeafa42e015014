import { execFile } from 'node:child_process';
import { DeliveryError } from '../delivery-error.ts';
import type { PushMessage } from '../message.ts';
import type { Transport } from '../transport.ts';

export interface PusherSettings {
  /** Path of `flexisip_pusher`. */
  readonly pusherPath: string;
  /** `id:value` per Firebase project; the value is a key or the path of a service account file. */
  readonly firebaseKeys: readonly string[];
}

const timeoutMs = 20_000;

const applePushTypes = {
  background: 'Background',
  message: 'RemoteWithMutableContent',
  call: 'PushKit',
} as const;

/** Push through Flexisip's own program; no shell between (flexiapi-more.md §1.14). */
export function flexisipPusher(settings: PusherSettings): Transport<PushMessage> {
  return {
    send: (message) =>
      new Promise((resolve, reject) => {
        refuseOptions(message);
        const args = pusherArguments(message, settings.firebaseKeys);
        execFile(settings.pusherPath, args, { timeout: timeoutMs }, (error) => {
          if (error === null) resolve();
          else
            reject(
              new DeliveryError(`the pusher failed (${error.code ?? 'ended'})`, { cause: error }),
            );
        });
      }),
  };
}

/**
 * Strangers name the device: nothing of theirs may be taken for an option of the program. Neither
 * Firebase's nor Apple's ids begin with a dash.
 * @throws DeliveryError
 */
function refuseOptions({ provider, param, to, callId = '' }: PushMessage): void {
  if ([provider, param, to, callId].some((value) => value.startsWith('-'))) {
    throw new DeliveryError('a push parameter looks like an option', { permanent: true });
  }
}

export function pusherArguments(message: PushMessage, firebaseKeys: readonly string[]): string[] {
  const { provider, param, to, type, callId, customPayload } = message;
  const args = ['--pn-provider', provider, '--pn-param', param, '--pn-prid', to];
  if (customPayload !== undefined) args.push('--customPayload', JSON.stringify(customPayload));
  if (callId !== undefined) args.push('--call-id', callId);
  if (provider.startsWith('apns')) {
    args.push('--apple-push-type', applePushTypes[type ?? 'background']);
  }
  const key = firebaseKeys.find((entry) => entry.startsWith(`${param}:`));
  if (key !== undefined) args.push('--key', key.slice(param.length + 1));
  return args;
}
