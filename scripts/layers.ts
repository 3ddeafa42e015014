/** Which package may import which. Nothing imports `server` but the command line, which puts all together. */
export const PACKAGE_ARROWS: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  phrases: [],
  sip: [],
  client: ['contract', 'sip'],
  server: ['contract', 'phrases', 'sip'],
  cli: ['contract', 'phrases', 'sip', 'client', 'server'],
};

/** Inside a package whose folders are layers: folder → folders it may import values from. */
export const LAYERS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  sip: {
    time: [],
    errors: [],
    message: ['errors'],
    digest: ['errors', 'message'],
    transport: ['errors', 'message', 'time'],
    transaction: ['errors', 'message', 'transport', 'time'],
    'user-agent': ['errors', 'message', 'transport', 'transaction', 'time'],
    registration: ['errors', 'message', 'digest', 'transport', 'user-agent', 'time'],
    registrar: ['errors', 'message', 'digest', 'transport', 'transaction', 'time'],
    testing: [
      'errors',
      'message',
      'digest',
      'transport',
      'transaction',
      'user-agent',
      'registration',
      'time',
    ],
  },
};
