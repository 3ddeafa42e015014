export { errorCodes, retiredErrorCodes } from './error-codes.ts';
export type { ErrorCode, ErrorCodeOf, ErrorKind } from './error-codes.ts';
export type {
  ProvisioningDocument,
  ProvisioningEntry,
  ProvisioningSection,
} from './lpconfig/provisioning-document.ts';
export { LPCONFIG_NAMESPACE } from './lpconfig/provisioning-document.ts';
export {
  type ParsedProvisioning,
  type ProvisioningNotice,
  parseProvisioningXml,
} from './lpconfig/parse-provisioning-xml.ts';
export { serializeProvisioningXml } from './lpconfig/serialize-provisioning-xml.ts';
export { decodeXml } from './xml/decode-xml.ts';
export { type XmlElement, childElements, textContent } from './xml/element.ts';
export { type XmlLimits, parseXml } from './xml/parse-xml.ts';
export { escapeXmlAttribute, escapeXmlText } from './xml/write-xml.ts';
export { XML_ERRORS, XmlError, type XmlErrorCode } from './xml/xml-error.ts';
export {
  type Linphonerc,
  type LinphonercComment,
  type LinphonercEntry,
  type LinphonercItem,
  type LinphonercSection,
  isWritableKey,
  isWritableSectionName,
  isWritableValue,
} from './linphonerc/linphonerc.ts';
export { type LinphonercSource, parseLinphonerc } from './linphonerc/parse-linphonerc.ts';
export { serializeLinphonerc } from './linphonerc/serialize-linphonerc.ts';
export { type VcardProperty } from './vcard/content-line.ts';
export {
  type VcardContent,
  type VcardLimits,
  parseVcard,
  serializeVcard,
  splitVcards,
} from './vcard/parse-vcards.ts';
export {
  escapeVcardText,
  joinVcardComponents,
  splitVcardComponents,
  unescapeVcardText,
} from './vcard/text-value.ts';
export { VCARD_ERRORS, VcardError, type VcardErrorCode } from './vcard/vcard-error.ts';
export { decodeMethodCall, decodeMethodResponse } from './xmlrpc/decode.ts';
export { encodeFault, encodeMethodCall, encodeMethodResponse } from './xmlrpc/encode.ts';
export {
  type XmlRpcCall,
  type XmlRpcFault,
  type XmlRpcMember,
  type XmlRpcResponse,
  type XmlRpcValue,
  intValue,
  stringStruct,
  stringValue,
  structMember,
  textOf,
} from './xmlrpc/value.ts';
export {
  faultCodeOf,
  XML_RPC_ERRORS,
  XmlRpcError,
  type XmlRpcErrorCode,
  xmlRpcFaultCodes,
} from './xmlrpc/xml-rpc-error.ts';
export {
  type AccountJson,
  type DtmfProtocol,
  MIN_PASSWORD_LENGTH,
  accountSchema,
  accountsPageSchema,
  callForwardingSchema,
  changePasswordBodySchema,
  confirmCodeBodySchema,
  createAccountBodySchema,
  createAccountWithTokenBodySchema,
  dictionarySchema,
  dtmfProtocols,
  emailChangeCodeSchema,
  foundAccountSchema,
  phoneChangeCodeSchema,
  requestEmailChangeBodySchema,
  requestPhoneChangeBodySchema,
  resolvedSchema,
  turnCredentialsSchema,
  updateAccountBodySchema,
} from './accounts.ts';
export {
  type PasswordAlgorithm,
  commaListSchema,
  domainNameSchema,
  formBooleanSchema,
  formIntegerSchema,
  fourDigitCodeSchema,
  idParamSchema,
  jsonDate,
  jsonDateOrNull,
  jsonDateSchema,
  passwordAlgorithmSchema,
  passwordAlgorithms,
  textLike,
} from './fields.ts';
export {
  type ApiAnswer,
  type ApiBody,
  type ApiOperationName,
  type ApiParams,
  apiOperations,
  parseApiAnswer,
} from './api-operations.ts';
export { deviceSchema, devicesSchema } from './devices.ts';
export { errorBodySchema, validationErrorBodySchema } from './error-bodies.ts';
export {
  type OutboxMessageJson,
  type OutboxState,
  listOutboxQuerySchema,
  outboxMessageSchema,
  outboxStates,
} from './outbox.ts';
export { phoneCountrySchema } from './phone-countries.ts';
export { type ProvisioningPreviewJson, provisioningPreviewSchema } from './provisioning-preview.ts';
export { recordOf } from './record-of.ts';
export {
  type CarddavServerJson,
  type CreatedSpaceJson,
  type SettableSpaceSwitch,
  type SpaceJson,
  type SpaceSwitch,
  carddavCredentialsBodySchema,
  carddavCredentialsSchema,
  carddavServerBodySchema,
  carddavServerSchema,
  createSpaceBodySchema,
  createdSpaceSchema,
  emailServerBodySchema,
  emailServerSchema,
  settableSpaceSwitches,
  spaceSchema,
  spaceSwitches,
  updateSpaceBodySchema,
} from './spaces.ts';
export {
  type PushProvider,
  accountCreationRequestTokenSchema,
  accountCreationTokenSchema,
  apiKeySchema,
  authTokenSchema,
  consumeCreationTokenBodySchema,
  consumedAccountCreationTokenSchema,
  pushProviders,
  pushTargetBodySchema,
  useRequestTokenBodySchema,
} from './tokens.ts';
export { acceptsValue } from './provisioning-keys/accepts-value.ts';
export { provisioningKeys } from './provisioning-keys/catalogue.ts';
export { findProvisioningKey, suggestProvisioningKey } from './provisioning-keys/find-key.ts';
export {
  type KeyKind,
  type KeyReader,
  type KeyType,
  type ProvisioningKey,
  keyReaders,
} from './provisioning-keys/provisioning-key.ts';
