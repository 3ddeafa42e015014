import { describe, expect, it } from 'vitest';
import { PendingCredentials } from './pending-credentials.ts';

const nothing = () => {};

describe('PendingCredentials', () => {
  it('resumes every waiting request', async () => {
    const pending = new PendingCredentials();
    const answers = [pending.wait(nothing), pending.wait(nothing)];
    expect(pending.isPending).toBe(true);
    pending.resume();
    expect(await Promise.all(answers)).toEqual([true, true]);
    expect(pending.isPending).toBe(false);
  });

  it('lets the application answer while it is being told', async () => {
    const pending = new PendingCredentials();
    expect(await pending.wait(() => pending.resume())).toBe(true);
    expect(await pending.wait(() => pending.abort())).toBe(false);
  });

  it('gives up when the signal is aborted, before or while waiting', async () => {
    const pending = new PendingCredentials();
    const controller = new AbortController();
    const answer = pending.wait(nothing, controller.signal);
    controller.abort();
    expect(await answer).toBe(false);
    expect(await pending.wait(nothing, controller.signal)).toBe(false);
  });
});
