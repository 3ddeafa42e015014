export type { Clock, TimerHandle } from './time/clock.ts';
export type { Random } from './time/random.ts';
export { type SipErrorCode, SIP_ERRORS } from './errors/sip-error-codes.ts';
export { SipArgumentError } from './errors/sip-argument-error.ts';
export { SipParseError, type SipParseErrorCode } from './errors/sip-parse-error.ts';
export type { CSeq } from './message/headers/cseq.ts';
export { parseVia, serializeVia, type Via } from './message/headers/via.ts';
export { createHeaders, type Headers } from './message/headers.ts';
export type { SipMessage, SipRequest, SipResponse } from './message/message.ts';
export {
  type NameAddr,
  parseAddress,
  parseNameAddr,
  serializeNameAddr,
} from './message/name-addr.ts';
export { NO_PARAMS, type Params } from './message/params.ts';
export { parseMessage } from './message/parse-message.ts';
export type { ParseFailure, ParseResult } from './message/parse-result.ts';
export { reasonPhrase } from './message/reason-phrase.ts';
export { createRequest } from './message/request.ts';
export { createResponse } from './message/response.ts';
export { serializeMessage } from './message/serialize-message.ts';
export {
  parseUri,
  serializeUri,
  sipUri,
  type SipUri,
  type SipUriParts,
  uriEquals,
} from './message/uri.ts';
export { type StreamEvent, StreamFraming } from './message/stream-framing.ts';
