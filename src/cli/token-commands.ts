import { type Command, Option } from 'commander';
import { ROLES } from '../auth/role';
import { examples, serviceUrl } from './command-texts';
import {
  createToken,
  listTokens,
  type NewTokenOptions,
  revokeToken,
  type TokenOptions,
} from './token';

export function addTokenCommands(program: Command): void {
  const token = program
    .command('token')
    .description('make, list and revoke tokens of a running service; needs one of an admin')
    .addHelpText(
      'after',
      "\nSLOWBURN_TOKEN holds the admin's token, the first of which is ADMIN_TOKEN.",
    );
  const url = () =>
    new Option('--url <url>', 'where the service is (SLOWBURN_URL)').default(serviceUrl());

  token
    .command('create')
    .description('make a token and print it, the only time it is shown')
    .requiredOption('--name <name>', 'what the audit calls its holder; never used before')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .option('--expires <duration>', 'such as 90d; without it the token does not expire')
    .addOption(url())
    .option('--json', 'the token and what it may do as JSON')
    .addHelpText('after', examples('slowburn token create --name ci --role editor --expires 90d'))
    .action(async (options: NewTokenOptions) => {
      process.exitCode = await createToken(options);
    });

  token
    .command('list')
    .description('all tokens, without what they are')
    .addOption(url())
    .option('--json', 'the rows as JSON')
    .addHelpText('after', examples('slowburn token list'))
    .action(async (options: TokenOptions) => {
      process.exitCode = await listTokens(options);
    });

  token
    .command('revoke')
    .description('end a token at once and for ever; exit 1 if there is none of that name')
    .argument('<name>', 'its name or id')
    .addOption(url())
    .option('--json', 'the token as JSON')
    .addHelpText('after', examples('slowburn token revoke ci'))
    .action(async (name: string, options: TokenOptions) => {
      process.exitCode = await revokeToken(name, options);
    });
}
