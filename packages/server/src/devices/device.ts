import type { Binding } from '@dialtone/sip/registrar';

/** A registered phone as the REST API and the Linphone apps show it (flexiapi-more.md §1.8). */
export interface Device {
  readonly uuid: string;
  /** `YYYY-MM-DDTHH:MM:SS+00:00`. */
  readonly update_time: string;
  readonly user_agent: string;
  readonly app: string;
  readonly version: string;
  readonly device_name: string;
}

const USER_AGENT = /^([\w-]+)\/([\d-]+[\d.-]*)?[^(]*(?:\(([^)]*)\))?/;

/** The device behind a binding; undefined for contacts without an instance, which nobody can name. */
export function deviceOf(binding: Binding): Device | undefined {
  const { instanceId: uuid, updatedAt, userAgent = '' } = binding;
  if (uuid === undefined) return undefined;
  const [, app = userAgent, version = '', name = ''] = USER_AGENT.exec(userAgent) ?? [];
  return {
    uuid,
    update_time: new Date(updatedAt).toISOString().replace(/\.\d+Z$/, '+00:00'),
    user_agent: userAgent,
    app,
    version,
    device_name: name,
  };
}
