import { Command } from 'commander';
import { createKeyCommand } from './create.ts';
import { deleteKeyCommand } from './delete.ts';
import { listKeysCommand } from './list.ts';

export function keyCommand(): Command {
  return new Command('key')
    .description('API keys of administrators')
    .addCommand(createKeyCommand())
    .addCommand(listKeysCommand())
    .addCommand(deleteKeyCommand());
}
