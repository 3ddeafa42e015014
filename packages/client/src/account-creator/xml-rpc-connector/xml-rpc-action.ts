import { XmlRpcArgType, XmlRpcStatus } from '../../xml-rpc/enums.ts';
import type { XmlRpcRequest } from '../../xml-rpc/xml-rpc-request.ts';
import type { AccountCreator } from '../account-creator.ts';
import type { AccountCreatorRequestFunc } from '../account-creator-service.ts';
import { AccountCreatorStatus } from '../enums.ts';
import { missingParameters } from '../missing-parameters.ts';
import type { AccountCreatorRequest } from '../requests.ts';
import { statusOf } from './results.ts';
import type { ResultTable } from './results.ts';

/** A method call to the account server: strings only, in order; null is sent as empty text. */
export interface MethodCall {
  readonly method: string;
  readonly args: readonly (string | null)[];
}

/** One request of the account creator over XML-RPC. */
export interface XmlRpcAction {
  readonly request: AccountCreatorRequest;
  /** Default String. */
  readonly returnType?: XmlRpcArgType;
  /**
   * Checks the fields and fills them from `[assistant]`, in the order that this request does it;
   * undefined when a field is missing.
   */
  prepare(creator: AccountCreator): MethodCall | undefined;
  /** The final status of an answer, after its effects on the creator. */
  conclude(creator: AccountCreator, answer: XmlRpcRequest): AccountCreatorStatus;
}

/**
 * The request function of an action. Without session it answers `RequestFailed` and notifies nobody;
 * a request that gets no usable answer ends as `RequestFailed` without response.
 */
export function xmlRpcAction(action: XmlRpcAction): AccountCreatorRequestFunc {
  const { request: name, returnType = XmlRpcArgType.String } = action;
  return (creator) => {
    const call = action.prepare(creator);
    if (call === undefined) return missingParameters(creator, name);
    const session = creator.xmlRpcSession;
    if (session === null) return AccountCreatorStatus.RequestFailed;

    const notify = creator.begin(name);
    const request = session.createRequest(returnType, call.method);
    for (const arg of call.args) request.addStringArg(arg);
    request.addListener({
      onResponse: (answer) => {
        if (answer.status === XmlRpcStatus.Failed && answer.stringResponse === null) {
          notify(AccountCreatorStatus.RequestFailed, null);
        } else {
          const status = action.conclude(creator, answer);
          notify(status, answer.stringResponse ?? answer.rawResponse);
        }
      },
    });
    void session.sendRequest(request);
    return AccountCreatorStatus.RequestOk;
  };
}

/** Concludes by looking the answered text up; `effect` runs first, with text and status. */
export function byTable(
  table: ResultTable,
  effect?: (creator: AccountCreator, text: string, status: AccountCreatorStatus) => void,
): XmlRpcAction['conclude'] {
  return (creator, answer) => {
    const text = answer.stringResponse ?? '';
    const status = statusOf(table, text);
    effect?.(creator, text, status);
    return status;
  };
}
