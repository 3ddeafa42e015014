import { VCARD_ERRORS, XML_ERRORS, XML_RPC_ERRORS } from '@dialtone/contract';
import { SIP_ERRORS } from '@dialtone/sip';
import { CLIENT_ERRORS } from './client-error-codes.ts';

/** docs/library-errors.md: what the packages an application embeds may throw. */
export function libraryErrorsPage(): string {
  return `# Errors of the libraries

Every error is an \`Error\` with a literal \`name\`, a stable \`code\` for programs and, where there is one, the \`cause\`. Messages are English, for logs, and
hold no secrets. What the server answers over HTTP is in [errors.md](errors.md).

Calls that liblinphone gives a status return \`0\` or \`-1\` and throw nothing; a registration that fails says why in \`errorInfo\`, a provisioning that fails in
\`onConfiguringStatus\`, an account creator in its status.
${[
  family(
    '@dialtone/client',
    'ConfigError, HttpError, ProvisioningError, ContactsError, FlexiApiError',
    CLIENT_ERRORS,
  ),
  family('@dialtone/sip', 'SipParseError, SipArgumentError, TransportError', SIP_ERRORS),
  family('@dialtone/contract', 'XmlError, XmlRpcError, VcardError', {
    ...XML_ERRORS,
    ...XML_RPC_ERRORS,
    ...VCARD_ERRORS,
  }),
].join('')}
Retired codes, never reused: \`config-unwritable\`.
`;
}

function family(title: string, classes: string, errors: Readonly<Record<string, string>>): string {
  const rows = Object.entries(errors).map(([code, text]) => `| \`${code}\` | ${text} |`);
  const names = classes.split(', ').map((name) => `\`${name}\``);
  return `\n## ${title}: ${names.join(', ')}\n\n| Code | Meaning |\n| --- | --- |\n${rows.join('\n')}\n`;
}
