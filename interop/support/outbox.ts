import { listMessages, type Platform, readMessage } from '@dialtone/server';
import { waitUntil } from './wait-until.ts';

/** The newest mail or SMS to `recipient`, whatever became of it. */
export function textTo(platform: Pick<Platform, 'db'>, recipient: string): Promise<string> {
  return waitUntil(`a message to ${recipient}`, async () => {
    const states = ['pending', 'sending', 'sent'] as const;
    const rows = await Promise.all(states.map((state) => listMessages(platform.db, { state }, 20)));
    const messages = rows
      .flat()
      .toSorted((a, b) => b.id - a.id)
      .map(readMessage);
    const found = messages.find(({ to }) => to === recipient);
    return found?.kind === 'push' ? undefined : found?.text;
  });
}

/** The four digits in a text. */
export const codeIn = (text: string): string => /\b(\d{4})\b/.exec(text)?.[1] ?? '';

/** The key that stands alone on a line of a mail. */
export const keyIn = (text: string): string => /^(\w{6,})$/m.exec(text)?.[1] ?? '';
