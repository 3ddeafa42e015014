/** Where a registration stands; values as liblinphone numbers them (registration.md §2.1). */
export const RegistrationState = {
  /** Initial; also after the network went down or an un-REGISTER failed. */
  None: 0,
  /** REGISTER sent, or connection lost and being retried. */
  Progress: 1,
  /** Bound. */
  Ok: 2,
  /** Un-REGISTER succeeded. */
  Cleared: 3,
  /** The last attempt failed; a retry may be scheduled. */
  Failed: 4,
  /** A refresh was asked for by the application. */
  Refreshing: 5,
} as const;
export type RegistrationState = (typeof RegistrationState)[keyof typeof RegistrationState];

const NAMES = new Map<number, string>(
  Object.entries(RegistrationState).map(([name, value]) => [value, `LinphoneRegistration${name}`]),
);

/** `LinphoneRegistrationOk` and so on; null for a value that is no state. */
export function registrationStateToString(state: number): string | null {
  return NAMES.get(state) ?? null;
}
