/** One numbered list of the references. */
export interface BehaviourList {
  /** Name of the document part, and prefix of test names when the numbers are bare. */
  readonly name: string;
  readonly title: string;
  /** Letter before the number; empty for bare numbers. */
  readonly letter: string;
  readonly last: number;
  /** Tests outside these folders with the same letter belong to another list. */
  readonly folders?: readonly string[];
}

const server = ['packages/server', 'packages/cli', 'interop'];
const client = ['packages/sip', 'packages/client', 'packages/contract', 'interop'];

const flexiapi = (letter: string, last: number, title: string): BehaviourList => ({
  name: 'flexiapi',
  title: `FlexiAPI: ${title}`,
  letter,
  last,
  folders: server,
});

/** Every list whose behaviours Dialtone promises. */
export const BEHAVIOUR_LISTS: readonly BehaviourList[] = [
  flexiapi('P', 26, 'provisioning'),
  flexiapi('A', 38, 'accounts'),
  flexiapi('D', 12, 'digest and API authentication'),
  flexiapi('K', 8, 'API keys and auth tokens'),
  flexiapi('T', 12, 'creation tokens'),
  flexiapi('R', 4, 'recovery tokens'),
  flexiapi('B', 2, 'blocking'),
  flexiapi('C', 6, 'client certificate'),
  flexiapi('J', 11, 'JWT'),
  flexiapi('O', 8, 'OIDC login'),
  flexiapi('E', 8, 'e-mail change'),
  flexiapi('N', 7, 'phone change'),
  flexiapi('S', 15, 'spaces'),
  flexiapi('L', 1, 'localisation'),
  flexiapi('X', 12, 'relied on by clients and operators'),
  { name: 'defect', title: 'FlexiAPI: defects of FAM that are gone', letter: '', last: 28 },
  { name: 'registration', title: 'Registration', letter: '', last: 90 },
  {
    name: 'registration',
    title: 'Registration: choices',
    letter: 'C',
    last: 24,
    folders: client,
  },
  { name: 'provisioning-client', title: 'Provisioning client', letter: '', last: 50 },
  { name: 'account-creator', title: 'Account creator', letter: '', last: 97 },
  {
    name: 'account-creator',
    title: 'Account creator: decisions',
    letter: 'D',
    last: 18,
    folders: client,
  },
  { name: 'xmlrpc', title: 'XML-RPC server', letter: '', last: 18 },
  { name: 'xmlrpc', title: 'XML-RPC: decisions', letter: 'X', last: 16 },
];
