import { z } from 'zod';
import { textLike } from './fields.ts';

/** A phone that is registered at the embedded registrar. */
export const deviceSchema = z
  .object({
    uuid: textLike('urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'),
    update_time: textLike('2026-11-20T16:12:55+00:00'),
    user_agent: textLike('LinphoneAndroid/6.0 (Living room)'),
    app: textLike('LinphoneAndroid'),
    version: textLike('6.0'),
    device_name: textLike('Living room'),
  })
  .meta({ id: 'Device' });

/** Answer of `GET /api/accounts/me/devices`: devices by uuid. */
export const devicesSchema = z.record(z.string(), deviceSchema);
