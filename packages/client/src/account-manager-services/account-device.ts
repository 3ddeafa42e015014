import { isObject, textMember } from '../flexi-api/error-body.ts';

/** A device that is registered to an account. */
export interface AccountDevice {
  readonly uuid: string;
  readonly userAgent: string;
  /** ISO 8601. */
  readonly lastUpdateTime: string;
  /** Unix time in seconds; 0 when `lastUpdateTime` cannot be read. */
  readonly lastUpdateTimestamp: number;
  /** The part of the user agent in parentheses; null when there is none. */
  readonly name: string | null;
}

/** Reads the list a server answers, an object by uuid (or an empty array); null for anything else. */
export function readDevices(json: unknown): readonly AccountDevice[] | null {
  if (Array.isArray(json) && json.length === 0) return [];
  if (!isObject(json)) return null;
  return Object.entries(json).map(([uuid, device]) => {
    const userAgent = textMember(device, 'user_agent') ?? '';
    const lastUpdateTime = textMember(device, 'update_time') ?? '';
    return {
      uuid,
      userAgent,
      lastUpdateTime,
      lastUpdateTimestamp: Math.floor((Date.parse(lastUpdateTime) || 0) / 1000),
      name: /\(([^)]*)\)/.exec(userAgent)?.[1] ?? null,
    };
  });
}
