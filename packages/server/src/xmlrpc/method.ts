import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import type { FailureLimit } from '../auth/failure-limit.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { CallLimit } from './limits.ts';
import { type Answer, type ErrorResult, refuse } from './result.ts';

/** What every method works with. */
export interface Call {
  readonly platform: AccountsPlatform;
  readonly context: RequestContext;
  readonly limiter: RateLimiter;
  readonly failures: FailureLimit;
}

/** Arguments by name: required ones are there, any other may be missing. Empty counts as missing. */
type Args<Name extends string, Required extends Name> = {
  readonly [K in Exclude<Name, Required>]: string | undefined;
} & { readonly [K in Required]: string };

interface MethodSpec<Name extends string, Required extends Name> {
  /** Names it is called by; more than one for synonyms. */
  readonly names: readonly [string, ...string[]];
  /** Parameters in the order of the wire. A `domain` must be that of the space. */
  readonly params: readonly Name[];
  /** What is refused without, and with which result; checked in this order. */
  readonly required?: Readonly<Record<Required, ErrorResult>>;
  readonly limit: CallLimit;
  /**
   * The account whose owner must answer a digest challenge (X3); none, and the method itself will
   * say so. Absent on methods that are open to strangers.
   */
  readonly owner?: (call: Call, args: Args<Name, Required>) => Promise<Account | undefined>;
  /** The caller must prove, by digest, to have some account of the space. */
  readonly members?: true;
  /** Whether the method is offered here and now; absent = always. */
  readonly offered?: (call: Call) => boolean;
  readonly run: (call: Call, args: Args<Name, Required>) => Promise<Answer>;
}

/** A declared method, its argument types erased: what the dispatcher works with. */
export interface Method {
  readonly names: readonly string[];
  readonly limit: CallLimit;
  readonly members: boolean;
  readonly offered: (call: Call) => boolean;
  readonly owner: ((call: Call, args: RawArgs) => Promise<Account | undefined>) | undefined;
  /** Names the arguments. @throws Refusal when a required one is missing, or the domain is another one */
  readonly read: (call: Call, values: readonly (string | undefined)[]) => RawArgs;
  readonly run: (call: Call, args: RawArgs) => Promise<Answer>;
}

/** Arguments as `Method.read` names them. */
export type RawArgs = Readonly<Record<string, string | undefined>>;

/** Declares a method once: how arguments are read, who may call, how often, and its rule. */
export function method<const Name extends string, Required extends Name = never>(
  spec: MethodSpec<Name, Required>,
): Method {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `read` names the arguments by `params` and refuses without those in `required`, so they have the declared type
  const typed = (args: RawArgs) => args as unknown as Args<Name, Required>;
  const required = Object.entries<ErrorResult>(spec.required ?? {});
  const { owner } = spec;
  return {
    names: spec.names,
    limit: spec.limit,
    members: spec.members ?? false,
    offered: spec.offered ?? (() => true),
    owner: owner === undefined ? undefined : (call, args) => owner(call, typed(args)),
    read: ({ context }, values) => {
      const args: RawArgs = Object.fromEntries(
        spec.params.map((name, index) => [name, values[index]]),
      );
      for (const [name, result] of required) if (args[name] === undefined) throw refuse(result);
      const domain = args['domain'];
      if (domain !== undefined && domain !== context.space.domain) {
        throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
      }
      return args;
    },
    run: (call, args) => spec.run(call, typed(args)),
  };
}
