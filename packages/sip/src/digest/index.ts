export { DIGEST_ALGORITHMS, type DigestAlgorithm, digestAlgorithm } from './algorithm.ts';
export { type AnswerInput, answerChallenge } from './answer-challenge.ts';
export type { AuthParams } from './auth-params.ts';
export {
  type AuthenticationInfo,
  parseAuthenticationInfo,
  serializeNextNonce,
} from './authentication-info.ts';
export {
  type Challenge,
  type DigestChallenge,
  type DigestChallengeParts,
  type OtherChallenge,
  parseChallenges,
  serializeChallenge,
} from './challenge.ts';
export {
  type DigestCredentials,
  nonceCount,
  parseCredentials,
  serializeCredentials,
} from './credentials.ts';
export { NonceCounter } from './nonce-counter.ts';
export {
  type AuthQuality,
  computeHa1,
  computeResponse,
  computeServerResponse,
  computeUserhash,
  formatNonceCount,
  type Ha1Input,
  type ResponseInput,
} from './response.ts';
export {
  type AnswerableChallenge,
  isAnswerable,
  selectChallenge,
  selectChallenges,
} from './select-challenge.ts';
export { type VerifyInput, verifyResponse } from './verify.ts';
