export type { Clock, TimerHandle } from './time/clock.ts';
export type { Random } from './time/random.ts';
export { systemClock } from './time/system-clock.ts';
export { systemRandom } from './time/system-random.ts';
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
export type { AddressRecord, Dns, SrvRecord } from './transport/dns/dns.ts';
export {
  createResolver,
  type Resolver,
  type ResolverOptions,
  type ResolverSettings,
} from './transport/dns/resolver.ts';
export { systemDns } from './transport/dns/system-dns.ts';
export type { MessageTrace, TransportCounters } from './transport/flow-context.ts';
export type { ReportFault } from './transport/report-fault.ts';
export type { TransportLimits } from './transport/limits.ts';
export type { CertificateAndKey, TlsSettings } from './transport/tls/tls-settings.ts';
export { trustedRoots } from './transport/tls/trusted-roots.ts';
export {
  isTransportError,
  TransportError,
  type TransportErrorCode,
} from './transport/transport-error.ts';
export { networkOf } from './transport/network-of.ts';
export {
  createTransportLayer,
  type SocketTransportLayer,
  type TransportOptions,
} from './transport/transport-layer.ts';
export {
  type Flow,
  type FlowListener,
  type ListenOptions,
  type NextHop,
  type ResolvedTarget,
  type SocketAddress,
  TRANSPORT_PROTOCOLS,
  type TransportLayer,
  type TransportProtocol,
} from './transport/transport.ts';
export { DEFAULT_TIMERS, type TimerValues } from './transaction/timers.ts';
export {
  type RequestListener,
  TransactionLayer,
  type TransactionLayerOptions,
} from './transaction/transaction-layer.ts';
export { KeepAlive } from './user-agent/keep-alive.ts';
export type {
  FailoverRules,
  PendingRequest,
  RequestBuilder,
  RequestHandler,
  RequestSender,
} from './user-agent/pending-request.ts';
export { createRequestSender, type RequestSenderParts } from './user-agent/request-sender.ts';
export { createUserAgent, type UserAgent, type UserAgentOptions } from './user-agent/user-agent.ts';
export type { RegisterParameters } from './registration/build-register.ts';
export type { ContactTemplate } from './registration/contact.ts';
export type {
  AuthenticationRequest,
  BearerAnswer,
  CredentialQuery,
  CredentialsStore,
  DigestSecret,
} from './registration/credentials.ts';
export { type ErrorInfo, NO_ERROR } from './registration/error-info.ts';
export { nextHopFor } from './registration/next-hop.ts';
export { Reason, reasonFromStatus } from './registration/reason.ts';
export { sanitizeRefreshWindow } from './registration/refresh.ts';
export {
  createRegistrationContext,
  type RegistrationContext,
} from './registration/registration-context.ts';
export { RegistrationState, registrationStateToString } from './registration/registration-state.ts';
export { Registration, type RegistrationListener } from './registration/registration.ts';
export {
  DEFAULT_SETTINGS as DEFAULT_REGISTRATION_SETTINGS,
  type DigestPolicy,
  type RegistrationSettings,
  type RetryPattern,
} from './registration/settings.ts';
