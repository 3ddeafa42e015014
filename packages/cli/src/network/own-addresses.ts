import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** An address at which other machines reach this one; `localhost` when it has none. */
export function reachableAddress(): string {
  const found = interfaces().find(({ family, internal }) => family === 'IPv4' && !internal);
  return found?.address ?? 'localhost';
}

/** Whether an interface of this machine has that IP address. */
export function isOwnAddress(address: string): boolean {
  return interfaces().some((each) => each.address === address);
}

function interfaces(): readonly NetworkInterfaceInfo[] {
  return Object.values(networkInterfaces()).flatMap((each) => each ?? []);
}
