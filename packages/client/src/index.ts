export { CLIENT_ERRORS, type ClientErrorCode } from './errors/client-error-codes.ts';
export {
  isConfigError,
  isContactsError,
  isFlexiApiError,
  isHttpError,
  isProvisioningError,
} from './errors/guards.ts';
export type { ApplyReport } from './config/apply-provisioning.ts';
export { ConfigError, type ConfigErrorCode } from './config/config-error.ts';
export {
  type ConfigFileSystem,
  type WritableConfigFile,
  nodeConfigFileSystem,
} from './config/config-file-system.ts';
export type { ConfigRange } from './config/config-range.ts';
export type { ConfigDefaults } from './config/config-reader.ts';
export { ConfigStore, type ConfigStoreOptions, type SyncOutcome } from './config/config-store.ts';
export type { ExportFlags } from './config/config-table.ts';
export type { RelativeFiles } from './config/relative-files.ts';
export { AccountCreator, type ResultNotifier } from './account-creator/account-creator.ts';
export type {
  AccountCreatorCall,
  AccountCreatorResult,
} from './account-creator/account-creator-call.ts';
export type {
  AccountCreatorListener,
  AccountCreatorStatusCb,
} from './account-creator/account-creator-listener.ts';
export {
  type AccountCreatorRequestFunc,
  AccountCreatorService,
  type AccountCreatorSlots,
} from './account-creator/account-creator-service.ts';
export {
  AccountCreatorActivationCodeStatus,
  AccountCreatorAlgoStatus,
  AccountCreatorBackend,
  AccountCreatorDomainStatus,
  AccountCreatorEmailStatus,
  AccountCreatorLanguageStatus,
  AccountCreatorPasswordStatus,
  AccountCreatorPhoneNumberStatus,
  AccountCreatorStatus,
  AccountCreatorTransportStatus,
  AccountCreatorUsernameStatus,
} from './account-creator/enums.ts';
export type { AccountCreatorHost, ConfigReader, HttpHost } from './account-creator/host.ts';
export {
  type AccountCreatorRequest,
  accountCreatorRequests,
} from './account-creator/requests.ts';
export {
  createXmlRpcService,
  xmlRpcConnector,
} from './account-creator/xml-rpc-connector/xml-rpc-connector.ts';
export type { DialPlan } from './dial-plan/dial-plan.ts';
export { dialPlans } from './dial-plan/dial-plans.ts';
export { dialPlanOf, dialPlanOfNumber, genericDialPlan } from './dial-plan/find-dial-plan.ts';
export { isPhoneNumber, normalizePhoneNumber } from './dial-plan/phone-number.ts';
export { XmlRpcArgType, XmlRpcStatus } from './xml-rpc/enums.ts';
export { XmlRpcRequest, type XmlRpcRequestListener } from './xml-rpc/xml-rpc-request.ts';
export { XmlRpcSession, type XmlRpcSessionOptions } from './xml-rpc/xml-rpc-session.ts';
export type { AuthenticationHandler, UnansweredChallenge } from './http/authentication.ts';
export type {
  BearerCredentials,
  CredentialsProvider,
  CredentialsQuery,
  HttpCredentials,
  RefreshedTokens,
} from './http/credentials.ts';
export { HttpError, type HttpErrorCode } from './http/http-error.ts';
export type { HttpRequest, HttpResponse, HttpTls } from './http/http-message.ts';
export { httpRequest } from './http/http-request.ts';
export { type HttpSettings, readHttpSettings } from './http/http-settings.ts';
export {
  acceptProvisioningLink,
  type LinkOutcome,
} from './provisioning/accept-provisioning-link.ts';
export {
  ConfiguringState,
  type ProvisioningFailure,
  type ProvisioningOutcome,
} from './provisioning/configuring-state.ts';
export {
  type ProvisioningOptions,
  fetchAndApplyProvisioning,
  settleProvisioning,
} from './provisioning/fetch-and-apply.ts';
export {
  type ManagedConfiguration,
  applyManagedConfiguration,
} from './provisioning/managed-configuration.ts';
export { PendingCredentials } from './provisioning/pending-credentials.ts';
export {
  ProvisioningError,
  type ProvisioningErrorCode,
} from './provisioning/provisioning-error.ts';
export { type ProvisioningLink, parseProvisioningLink } from './provisioning/provisioning-link.ts';
export {
  type ProvisioningHeader,
  ProvisioningSettings,
} from './provisioning/provisioning-settings.ts';
export {
  createFlexiApiService,
  flexiApiConnector,
} from './account-creator/flexi-api-connector/flexi-api-connector.ts';
export {
  type ApiCall,
  type ApiClient,
  type ApiClientOptions,
  createApiClient,
} from './flexi-api/api-client.ts';
export type { AccountDevice } from './account-manager-services/account-device.ts';
export { AccountManagerServices } from './account-manager-services/account-manager-services.ts';
export {
  type AccountManagerServicesOutcome,
  AccountManagerServicesRequest,
  type AccountManagerServicesRequestListener,
} from './account-manager-services/account-manager-services-request.ts';
export { AccountManagerServicesRequestType } from './account-manager-services/request-type.ts';
export {
  FlexiApiClient,
  type FlexiApiClientOptions,
  type FlexiApiResponse,
  type NewAdminAccount,
} from './flexi-api/flexi-api-client.ts';
export { FlexiApiError, type FlexiApiErrorCode } from './flexi-api/flexi-api-error.ts';
export { Account } from './account/account.ts';
export type { AccountListener } from './account/account-host.ts';
export { AccountParams, type AccountSettings, Privacy } from './account/account-params.ts';
export type { NatPolicy, NatPolicyFields } from './account/nat-policy.ts';
export type {
  CardDavDirectory,
  DirectoryFrame,
  LdapDirectory,
  NewRemoteContactDirectory,
  RemoteContactDirectory,
} from './contact-directories/remote-contact-directory.ts';
export type { DirectorySearchResult } from './contact-directories/search-directories.ts';
export { ContactsError, type ContactsErrorCode } from './friends/contacts-error.ts';
export { Friend } from './friends/friend.ts';
export {
  FriendListStatus,
  FriendListSyncStatus,
  FriendListType,
} from './friends/friend-enums.ts';
export type {
  FriendList,
  FriendListListener,
  FriendListSyncOutcome,
} from './friends/friend-list.ts';
export { Vcard } from './friends/vcard.ts';
export { VcardError, type VcardErrorCode } from '@dialtone/contract';
export { PushNotificationConfig } from './account/push-notification-config.ts';
export { Address, type AddressFormat } from './address/address.ts';
export { TransportType } from './address/transport-type.ts';
export { AuthInfo, type AuthInfoFields, type BearerToken } from './auth-info/auth-info.ts';
export { AuthMethod } from './auth-info/auth-method.ts';
export { Core } from './core/core.ts';
export type { CoreListener } from './core/core-listener.ts';
export type { CoreOptions } from './core/core-options.ts';
export { factory } from './core/factory.ts';
export { GlobalState } from './core/global-state.ts';
export type { SipStackFactory, SipStackParts } from './core/sip-stack.ts';
export type { TlsOverrides } from './tls/tls-settings.ts';
export type { Transports } from './core/transports.ts';
export { ProxyConfig } from './proxy-config/proxy-config.ts';
export {
  type ErrorInfo,
  Reason,
  RegistrationState,
  registrationStateToString,
} from '@dialtone/sip';
