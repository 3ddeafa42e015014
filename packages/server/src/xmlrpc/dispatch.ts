import {
  decodeMethodCall,
  encodeFault,
  encodeMethodResponse,
  faultCodeOf,
  stringStruct,
  stringValue,
  XmlRpcError,
  xmlRpcFaultCodes,
} from '@dialtone/contract';
import { networkOf } from '@dialtone/sip';
import { isServiceError } from '../errors/service-error.ts';
import type { ReplyHeaders } from '../http/reply.ts';
import { enforceLimit } from '../rate-limit/enforce.ts';
import { readArguments } from './arguments.ts';
import type { Call, Method, RawArgs } from './method.ts';
import { methods } from './methods.ts';
import { admit } from './protection.ts';
import { type Answer, Refusal } from './result.ts';

/** Bounds of a call: a few short texts (xmlrpc.md §2.1). */
const limits = { maxLength: 65_536, maxDepth: 16, maxNodes: 500 } as const;

/** An answer to a call, faults included. */
export interface CallReply {
  readonly body: string;
  readonly headers: ReplyHeaders;
}

const table: ReadonlyMap<string, Method> = new Map(
  methods.flatMap((method) => method.names.map((name) => [name, method] as const)),
);

/**
 * Answers one `<methodCall>`. Refusals of a method are string results, trouble of the protocol is a
 * fault (xmlrpc.md §2.2).
 * @throws AuthenticationRefused, and ServiceError for credentials and rate limits: those are HTTP's
 */
export async function dispatch(call: Call, text: string): Promise<CallReply> {
  const request = readCall(text);
  if (typeof request === 'string') return { body: request, headers: {} };
  const { methodName, values } = request;
  const method = table.get(methodName);
  if (method === undefined || !method.offered(call)) {
    const message = `unknown method: ${methodName}`;
    const body = encodeFault({ code: xmlRpcFaultCodes.unknownMethod, message });
    return { body, headers: {} };
  }
  await enforceLimit(call.limiter, method.limit, networkOf(call.context.ip));
  let headers: ReplyHeaders = {};
  try {
    const args = method.read(call, values);
    headers = await admit(call, method, args);
    return { body: await run(call, method, args), headers };
  } catch (error) {
    if (error instanceof Refusal) return { body: encodeAnswer(error.result), headers };
    throw error;
  }
}

/** Name and texts of a call, or the fault that answers what is none. */
function readCall(text: string) {
  try {
    const { methodName, params } = decodeMethodCall(text, limits);
    return { methodName, values: readArguments(params) };
  } catch (error) {
    if (!(error instanceof XmlRpcError)) throw error;
    return encodeFault({ code: faultCodeOf(error), message: error.message });
  }
}

/** A fault only for what no result can say; a refusal that knows its HTTP status keeps it. */
async function run(call: Call, method: Method, args: RawArgs): Promise<string> {
  try {
    return encodeAnswer(await method.run(call, args));
  } catch (error) {
    if (error instanceof Refusal || isServiceError(error, 'tooManyRequests')) throw error;
    const refused = isServiceError(error);
    if (!refused) call.platform.log.error({ err: error, method: method.names[0] }, 'call failed');
    const message = refused ? error.code : 'internal error';
    return encodeFault({ code: xmlRpcFaultCodes.internal, message });
  }
}

/** Always `<string>`: deployed clients read nothing else (xmlrpc.md §1.3). */
function encodeAnswer(answer: Answer): string {
  return encodeMethodResponse(
    typeof answer === 'string' ? stringValue(answer) : stringStruct(answer),
  );
}
