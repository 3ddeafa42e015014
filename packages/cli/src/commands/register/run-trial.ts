import type { Happening } from './happening.ts';
import { maskedMessage } from './masked-message.ts';
import { createNarrator, type Step } from './narrate.ts';
import { explainFailure, type Problem } from './problem.ts';
import { startTrial, type TrialParts, type TrialRequest } from './trial.ts';

/** A message as it crossed the wire, secrets masked. */
interface TracedMessage {
  readonly step: 'trace';
  readonly direction: 'in' | 'out';
  readonly text: string;
}

/** What `dialtone register --json` prints. */
export interface TrialResult {
  readonly registered: boolean;
  readonly identity: string;
  readonly server: string;
  /** Of a success: under which address the server reaches us, and for how many seconds. */
  readonly contact?: string;
  readonly expires?: number;
  /** Of a success: the server confirmed the end. */
  readonly unregistered?: boolean;
  readonly problem?: Problem;
  readonly steps: readonly (Step | TracedMessage)[];
}

export interface TrialRun extends Omit<TrialParts, 'report'> {
  /** Prints a line. */
  readonly say: (line: string) => void;
  /** Tell every message, too. */
  readonly trace: boolean;
  /** Resolves when a registration has been kept long enough; default: end at once. */
  readonly stay?: () => Promise<unknown>;
}

const SIGNS: Readonly<Record<Step['step'], string>> = {
  dns: 'DNS',
  connect: 'connect',
  send: '→',
  receive: '←',
  nat: 'NAT',
  state: '!',
};

/** Tries a registration, tells each step as it happens and the end in words. */
export async function runTrial(request: TrialRequest, run: TrialRun): Promise<TrialResult> {
  const { say, trace, stay, ...parts } = run;
  const history: Happening[] = [];
  const steps: (Step | TracedMessage)[] = [];
  const narrate = createNarrator();
  const report = (happening: Happening): void => {
    history.push(happening);
    for (const step of narrate(happening)) {
      steps.push(step);
      say(`  ${SIGNS[step.step].padEnd(7)} ${step.text}`);
    }
    if (!trace || happening.kind !== 'message') return;
    const text = maskedMessage(happening.message);
    steps.push({ step: 'trace', direction: happening.direction, text });
    say(`\n${text.trimEnd().replaceAll(/^/gm, '    | ')}\n`);
  };

  await using trial = await startTrial(request, { ...parts, report });
  const identity = request.identity.asStringUriOnly();
  const about = { identity, server: trial.server, steps };
  say(`Registering ${identity} at ${trial.server}`);
  const outcome = await trial.outcome;
  if (outcome.kind === 'failed') {
    const problem = explainFailure(history, request, outcome.code);
    say(`\nNot registered. ${problem.text}\n${problem.advice}`);
    return { registered: false, ...about, problem };
  }
  const { contact, expiresSeconds } = outcome;
  say(`\nRegistered for ${expiresSeconds} s as ${contact}.`);
  if (stay !== undefined) {
    // It listens before it says so: whoever reads the line may press Ctrl-C at once.
    const left = stay();
    say('Staying registered until Ctrl-C.');
    await left;
  }
  const unregistered = await trial.unregister();
  say(
    unregistered
      ? 'Unregistered again.'
      : 'The server did not confirm the end; the registration runs out by itself.',
  );
  return { registered: true, ...about, contact, expires: expiresSeconds, unregistered };
}
