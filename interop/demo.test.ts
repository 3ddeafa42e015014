import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const demo = join(import.meta.dirname, '../packages/cli/src/demo/main.ts');

it('the demo walks from an empty server to a registered phone and back', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo]);
  expect(stderr).toBe('');
  const steps = [...stdout.matchAll(/^ *\d+\. (.*)\n(?: {6}(?!= ).*\n)* {6}= (.*)$/gm)];
  expect(steps.map(([, title, outcome]) => `${title}: ${outcome}`)).toEqual([
    expect.stringMatching(/^Start a throw-away server: http:.*, sip:/),
    expect.stringMatching(/^Create the space/),
    'Is the name free?: AccountNotExist',
    'Create the account: AccountCreated',
    expect.stringMatching(/^Read the activation key in the outbox: mail to /),
    'Activate the account: AccountActivated',
    'Is it activated?: AccountActivated',
    expect.stringMatching(/^Make a provisioning token: http:.*\/provisioning\/\w{13}$/),
    expect.stringMatching(/^Configure a phone with that URL: account sip:alice@sip\.demo\.example/),
    'Register for 2 seconds: Progress → Ok',
    'Refresh before they are over: Ok',
    'Unregister: edit, disable, done: Cleared',
  ]);
  expect(stdout).toContain(`All ${steps.length} steps happened.`);
});
