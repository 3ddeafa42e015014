import { readConfig, type RunningServer, startServer } from '@dialtone/server';

/** A whole server in memory, on loopback ports that the system chooses. */
export function startThrowAwayServer(): Promise<RunningServer> {
  return startServer(
    readConfig({
      DIALTONE_DATABASE: 'sqlite::memory:',
      DIALTONE_HOST: '127.0.0.1',
      DIALTONE_PORT: '0',
      DIALTONE_SIP_HOST: '127.0.0.1',
      DIALTONE_SIP_PORT: '0',
      // Short enough to watch a refresh.
      DIALTONE_SIP_MIN_EXPIRES_SECONDS: '1',
      DIALTONE_LOG_LEVEL: 'error',
      DIALTONE_DEFAULT_HOST: '127.0.0.1',
    }),
  );
}
