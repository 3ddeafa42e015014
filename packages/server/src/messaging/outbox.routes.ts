import { idParamSchema, listOutboxQuerySchema, outboxMessageSchema } from '@dialtone/contract';
import { z } from 'zod';
import { toDbDate } from '../db/dates.ts';
import { notFound } from '../errors/service-error.ts';
import { empty, json } from '../http/reply.ts';
import type { AuthenticatedContext } from '../http/request-context.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { presentMessage } from './outbox-json.ts';
import { listMessages, reviveDeadMessages } from './outbox.repository.ts';

const defaultLimit = 100;

/** What became of mails, SMS and pushes. Ours; FAM has nothing like it. */
export function outboxRoutes({ db, clock }: Pick<Platform, 'db' | 'clock'>): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/outbox',
      audience: 'admin',
      summary: 'List the messages of the space, newest first, with their state',
      description:
        'Super administrators see those of every space. Finished messages stay for a week. What they say is not shown.',
      tag: 'Outbox',
      query: listOutboxQuerySchema,
      responses: { 200: { description: 'Messages', schema: z.array(outboxMessageSchema) } },
      handler: async (context, { query: { state, before, limit } }) => {
        const filter = {
          state: state ?? undefined,
          spaceId: scopeOf(context),
          beforeId: before ?? undefined,
        };
        const rows = await listMessages(db, filter, limit ?? defaultLimit);
        return json(rows.map(presentMessage));
      },
    }),
    route({
      method: 'POST',
      path: '/api/outbox/:id/retry',
      audience: 'admin',
      summary: 'Try a message again that was given up',
      tag: 'Outbox',
      params: z.object({ id: idParamSchema }),
      responses: {
        200: { description: 'It is sent as soon as possible' },
        404: { description: 'No such message in the state `dead`' },
      },
      handler: async (context, { params: { id } }) => {
        const scope = { id, spaceId: scopeOf(context) };
        const revived = await reviveDeadMessages(db, toDbDate(clock.now()), scope);
        if (revived === 0) throw notFound();
        return empty();
      },
    }),
  ];
}

/** The space whose messages the caller may see; undefined = all. */
function scopeOf({ caller, space }: AuthenticatedContext): number | undefined {
  return caller.superAdmin ? undefined : space.id;
}
