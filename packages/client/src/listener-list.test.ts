import { expect, it } from 'vitest';
import { AccountCreator } from './account-creator/account-creator.ts';
import { AccountCreatorStatus } from './account-creator/enums.ts';
import { FakeHost } from './account-creator/testing/fake-host.ts';
import { ListenerList } from './listener-list.ts';
import { XmlRpcArgType, XmlRpcStatus } from './xml-rpc/enums.ts';
import { XmlRpcRequest } from './xml-rpc/xml-rpc-request.ts';

/** What reaches nobody while `run` runs. */
async function uncaughtDuring(run: () => void): Promise<unknown[]> {
  const thrown: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => thrown.push(error));
  try {
    run();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of before) process.on('uncaughtException', listener);
  }
  return thrown;
}

const fault = (): never => {
  throw new Error('application fault');
};

it('a listener that throws keeps nobody from hearing, and its error is not lost', async () => {
  const list = new ListenerList<{ onEvent(): void }>();
  let heard = 0;
  list.add({ onEvent: fault });
  list.add({ onEvent: () => (heard += 1) });
  const thrown = await uncaughtDuring(() => list.notify((listener) => listener.onEvent()));
  expect(heard).toBe(1);
  expect(thrown).toHaveLength(1);
  expect(list.current).toBeNull();
});

it('the single listener of an XML-RPC request may throw: the others hear', async () => {
  const request = new XmlRpcRequest(XmlRpcArgType.None, 'm');
  let heard = 0;
  request.callbacks.onResponse = fault;
  request.addListener({ onResponse: () => (heard += 1) });
  const thrown = await uncaughtDuring(() => request.finish(null));
  expect([heard, thrown.length, request.status]).toEqual([1, 1, XmlRpcStatus.Failed]);
});

it('the single listener of an account creator may throw: the others hear', async () => {
  const creator = new AccountCreator(new FakeHost());
  let heard = 0;
  creator.callbacks.onIsAccountExist = fault;
  creator.addListener({ onIsAccountExist: () => (heard += 1) });
  const thrown = await uncaughtDuring(() =>
    creator.notify('isAccountExist', AccountCreatorStatus.AccountExist, null),
  );
  expect([heard, thrown.length]).toEqual([1, 1]);
});
