import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept } from '@dialtone/sip/testing';
import type { Account } from '../account/account.ts';
import { GlobalState } from './global-state.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';
import { coreCommands, type CoreModel } from './testing/core-commands.ts';

const { Ok, Cleared } = RegistrationState;

interface Watched {
  readonly f: CoreFixture;
  /** A state other than Ok was told twice in a row of one account. */
  readonly repeated: string[];
}

async function watchedCore(): Promise<Watched> {
  const f = await coreFixture();
  const latest = new WeakMap<Account, RegistrationState>();
  const repeated: string[] = [];
  f.core.addListener({
    onAccountRegistrationStateChanged(_core, account, state) {
      if (state !== Ok && latest.get(account) === state) repeated.push(String(state));
      latest.set(account, state);
    },
  });
  return { f, repeated };
}

/** Everything works again: whoever can be registered is, however it came to this. */
async function recover({ core, links, ...f }: CoreFixture): Promise<void> {
  links.registrar.answerAll(accept());
  links.network.fate = () => 'deliver';
  links.network.reception = () => 'accept';
  core.autoIterateEnabled = true;
  if (core.globalState === GlobalState.Off) await core.start();
  await core.setTransports({ udpPort: -2, tcpPort: -2, tlsPort: -2 });
  core.networkReachable = false;
  core.networkReachable = true;
  await f.advance(60_000);
}

/** A server answers it, and so do those of the accounts it waits for. */
function canRegister({ settings, dependency }: Account): boolean {
  const known = settings.serverAddress?.domain === 'sip.example.org';
  if (!known || !settings.registerEnabled) return false;
  return dependency === null || (canRegister(dependency) && dependency.settings.expires > 0);
}

it('whatever an application does and servers answer: no throw, legal states, recovery, a clean stop', async () => {
  await fc.assert(
    fc.asyncProperty(coreCommands(), async (commands) => {
      const { f, repeated } = await watchedCore();
      const model: CoreModel = {
        running: true,
        networkUp: true,
        accounts: [],
        default: -1,
        credentials: [],
      };
      await fc.asyncModelRun(() => ({ model, real: f }), commands);

      await recover(f);
      const recovered = f.core.accountList.filter(canRegister);
      expect(recovered.map(({ state }) => state)).toEqual(
        recovered.map(({ settings }) => (settings.expires > 0 ? Ok : Cleared)),
      );
      expect(repeated).toEqual([]);

      await f.stop();
      const told = f.states.length;
      // What is left are the registrar's own transactions.
      await f.advance(64_000);
      expect(f.links.clock.pending).toBe(0);
      expect(f.states).toHaveLength(told);
      expect(f.links.network.openEnds).toBe(0);
    }),
    { numRuns: 100 },
  );
});
