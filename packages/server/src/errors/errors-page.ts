import { type ErrorKind, errorCodes, retiredErrorCodes } from '@dialtone/contract';
import { translate } from '@dialtone/phrases';
import { statusOf } from '../http/error-reply.ts';

/** docs/errors.md: every public error code with its status and text. */
export function errorsPage(): string {
  const rows = entries().map(
    ({ status, code }) => `| ${status} | \`${code}\` | ${translate('en', code)} |`,
  );
  const retired = retiredErrorCodes.length === 0 ? 'None yet.' : retiredErrorCodes.join(', ');
  return `# Errors

A JSON error body holds \`message\` (in the language of \`Accept-Language\`) and \`code\`, which is stable and meant for
programs. \`validation.failed\` adds \`errors\`: the reasons by field. 401 answers to a digest or API key are short texts
with \`WWW-Authenticate\` where a challenge exists. \`space.expired\` is 490 for callers that do not expect JSON.
What the libraries throw is in [library-errors.md](library-errors.md).

| Status | Code | English text |
| --- | --- | --- |
${rows.join('\n')}

Retired codes, never reused: ${retired}
`;
}

function entries() {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a constant object
  const kinds = Object.keys(errorCodes) as ErrorKind[];
  return kinds
    .flatMap((kind) => errorCodes[kind].map((code) => ({ status: statusOf[kind], code })))
    .toSorted((a, b) => a.status - b.status);
}
