import { Command } from 'commander';
import { createSpaceCommand } from './create.ts';
import { spaceDigestCommand } from './digest.ts';
import { spaceDoorsCommand } from './doors.ts';
import { spaceEntriesCommand } from './entries.ts';
import { expiringSpacesCommand } from './expiring.ts';
import { listSpacesCommand } from './list.ts';
import { spaceOidcCommand } from './oidc.ts';
import { setSpaceCommand } from './set.ts';

export function spaceCommand(): Command {
  return new Command('space')
    .description('Spaces: SIP domains and the hosts that serve them')
    .addCommand(createSpaceCommand())
    .addCommand(listSpacesCommand())
    .addCommand(expiringSpacesCommand())
    .addCommand(spaceDoorsCommand())
    .addCommand(spaceDigestCommand())
    .addCommand(spaceOidcCommand())
    .addCommand(spaceEntriesCommand())
    .addCommand(setSpaceCommand());
}
