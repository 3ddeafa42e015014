import type { AccountCreatorService } from './account-creator-service.ts';
import { AccountCreatorBackend } from './enums.ts';
import { createFlexiApiService } from './flexi-api-connector/flexi-api-connector.ts';
import { createXmlRpcService } from './xml-rpc-connector/xml-rpc-connector.ts';

/** The service a core starts with, by `[account_creator] backend` at that moment. */
export function createDefaultService(backend: AccountCreatorBackend): AccountCreatorService {
  return backend === AccountCreatorBackend.FlexiAPI
    ? createFlexiApiService()
    : createXmlRpcService();
}
