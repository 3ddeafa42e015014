/**
 * An operator's own code. Name this file in the environment:
 *
 *     DIALTONE_PROVISIONING_HOOKS=docs/examples/provisioning-hooks.ts
 *
 * A module outside of this workspace writes `import type { Hooks } from '@dialtone/server'` and
 * `export const hooks = { … } satisfies Hooks` instead: types need nothing at run time.
 */
import { defineHooks } from '@dialtone/server';

export const hooks = defineHooks({
  provisioning: {
    /** `…/provisioning/TOKEN?expires=600` sets how long registrations last, within limits. */
    proxy(section, { query }) {
      const expires = Number(query['expires']);
      if (expires >= 60 && expires <= 86_400) section.set('reg_expires', Math.floor(expires));
    },

    /** The phones of one office authenticate with an extension number instead of the user name. */
    authInfo(section, { space }, account) {
      const [extension] = account.phone?.match(/\d{4}$/) ?? [];
      if (space.name === 'Office' && extension !== undefined) section.set('userid', extension);
    },

    /** Every phone proposes the right domain at login; only new ones get the colour. */
    additionalSections(section, request, account) {
      section('app').set('default_domain', account?.domain ?? request.space.domain);
      section('ui').set('theme_main_color', 'blue', { overwrite: false });
    },
  },

  account: {
    /** A real one would tell another system; it has five seconds, after which the request fails. */
    created(account) {
      console.info(`new account ${account.username}@${account.domain}`);
    },
  },
});
