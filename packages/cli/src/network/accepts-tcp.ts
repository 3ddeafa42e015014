import { connect } from 'node:net';

const TIMEOUT_MS = 3000;

/** Whether somebody accepts TCP connections there. */
export function acceptsTcp({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: TIMEOUT_MS });
    const end = (accepted: boolean): void => {
      resolve(accepted);
      socket.destroy();
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
