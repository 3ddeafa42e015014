import { expect, it } from 'vitest';
import { main } from '../../../../docs/examples/account-creator-custom-service.ts';

it('the example of a custom service tells a known account from an unknown one', async () => {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  expect(lines).toEqual([
    'final status 6: Account exist',
    'final status 8: Account does not exist',
    'the name is free',
  ]);
});
