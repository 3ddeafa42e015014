import { listMessages, type Platform, readMessage } from '@dialtone/server';
import { waitUntil } from './wait-until.ts';

/** The newest mail or SMS to `recipient`, whatever became of it. */
export function textTo(platform: Pick<Platform, 'db'>, recipient: string): Promise<string> {
  return waitUntil(`a message to ${recipient}`, async () => {
    const states = ['pending', 'sending', 'sent'] as const;
    const rows = await Promise.all(states.map((state) => listMessages(platform.db, state, 20)));
    const messages = rows
      .flat()
      .toSorted((a, b) => b.id - a.id)
      .map(readMessage);
    const found = messages.find(({ to }) => to === recipient);
    return found?.kind === 'push' ? undefined : found?.text;
  });
}
