import { AccountCreator } from '../account-creator.ts';
import { createXmlRpcService, xmlRpcConnector } from '../xml-rpc-connector/xml-rpc-connector.ts';
import { FakeHost } from './fake-host.ts';

/** The fields of a creator under test. */
export interface Filled {
  readonly username?: string;
  readonly email?: string;
  readonly password?: string;
  readonly phone?: string;
  readonly code?: string;
  readonly domain?: string;
  readonly newPassword?: string;
}

/** A creator with the XML-RPC service and these fields. */
export function setUp(filled: Filled = {}, config: Record<string, string> = {}) {
  const host = new FakeHost(config);
  const service = createXmlRpcService();
  service.deleteAccountCb = xmlRpcConnector.deleteAccount;
  host.accountCreatorService = service;
  const creator = new AccountCreator(host, 'https://accounts.example.org/xmlrpc');
  if (filled.username !== undefined) creator.setUsername(filled.username);
  if (filled.email !== undefined) creator.setEmail(filled.email);
  if (filled.password !== undefined) creator.setPassword(filled.password);
  if (filled.phone !== undefined) creator.setPhoneNumber(filled.phone, '33');
  if (filled.code !== undefined) creator.setActivationCode(filled.code);
  if (filled.domain !== undefined) creator.setDomain(filled.domain);
  creator.newPassword = filled.newPassword ?? null;
  return { host, service, creator };
}

/** Enough for every request. */
export const everything: Filled = {
  username: 'alice',
  email: 'alice@mail.example.org',
  password: 'pass',
  phone: '+33612345678',
  code: '1234',
  domain: 'example.org',
  newPassword: 'better',
};
