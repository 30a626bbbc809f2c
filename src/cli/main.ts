#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { ROLES } from '../auth/role';
import { apply, type ChangeOptions, deleteDefinition } from './apply';
import { backfill, type BackfillOptions } from './backfill';
import { CouldNotRun } from './could-not-run';
import type { DoctorOptions } from './doctor';
import { gate, type GateOptions } from './gate';
import { importDefinitions, IMPORTED, type ImportOptions } from './import';
import { migrateDatabase } from './migrate';
import { plan } from './plan';
import type { RehearseOptions } from './rehearse';
import type { RulesOptions } from './rules';
import { status, type StatusOptions } from './status';
import {
  createToken,
  listTokens,
  type NewTokenOptions,
  revokeToken,
  type TokenOptions,
} from './token';
import { validate } from './validate';

const COULD_NOT_RUN = 2;
const DEFAULT_URL = 'http://127.0.0.1:8080';

/** Exit codes: 0 good, 1 the answer is no, 2 could not run. */
async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('slowburn')
    .description('SLOs and error budgets, counted event by event')
    .addHelpText('after', '\nExit codes: 0 good, 1 the answer is no, 2 could not run.')
    .exitOverride()
    .showHelpAfterError();

  program
    .command('serve')
    .description('run the service; its settings come from the environment and slowburn.yaml')
    .addHelpText('after', examples('PROMETHEUS_URL=http://prometheus:9090 slowburn serve'))
    .action(async () => {
      // Loaded here: the other commands answer without the whole service in memory.
      const { bootstrap } = await import('../main.js');
      try {
        await bootstrap();
      } catch (error) {
        throw new CouldNotRun(error instanceof Error ? error.message : String(error), {
          cause: error,
        });
      }
    });

  program
    .command('status')
    .description('how every SLO is doing, worst first, asked of a running service')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--service <name>', 'only the SLOs of one service')
    .option('--json', 'the rows as JSON')
    .addHelpText('after', '\nSLOWBURN_TOKEN holds the token where the service asks for one.')
    .addHelpText(
      'after',
      examples('slowburn status --service shop', 'slowburn status --url http://slo.example:8080'),
    )
    .action(async (options: StatusOptions) => {
      process.exitCode = await status(options);
    });

  program
    .command('apply')
    .description('make or change the SLOs of definition files over the API, all or none')
    .argument('<paths...>', 'files and directories, in any of the languages')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--dry-run', 'only say what would change')
    .option('--json', 'the changes as JSON')
    .addHelpText('after', examples('slowburn apply --dry-run slos/', 'slowburn apply shop.yaml'))
    .action(async (paths: readonly string[], options: ChangeOptions) => {
      process.exitCode = await apply(paths, options);
    });

  program
    .command('delete')
    .description('delete an SLO that was made over the API; its history stays')
    .argument('<slo>', 'SERVICE/NAME')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--dry-run', 'only say what would change')
    .option('--json', 'the changes as JSON')
    .addHelpText('after', examples('slowburn delete shop/api-errors'))
    .action(async (slo: string, options: ChangeOptions) => {
      process.exitCode = await deleteDefinition(slo, options);
    });

  program
    .command('validate')
    .description('check definition files and directories; exit 1 if there is an error')
    .argument('<paths...>', 'files and directories')
    .option('--json', 'the problems as JSON')
    .addHelpText('after', examples('slowburn validate slos/', 'slowburn validate --json a.yaml'))
    .action(async (paths: readonly string[], options: { readonly json?: boolean }) => {
      process.exitCode = await validate(paths, options);
    });

  program
    .command('plan')
    .description('the queries that definition files come to in an ordinary minute')
    .argument('<paths...>', 'files and directories, in any of the languages')
    .option('--json', 'the queries in full as JSON')
    .addHelpText('after', examples('slowburn plan slos/', 'slowburn plan --json slos/'))
    .action(async (paths: readonly string[], options: { readonly json?: boolean }) => {
      process.exitCode = await plan(paths, options);
    });

  program
    .command('doctor')
    .description('whether definitions and sources agree, and the installation is sound')
    .argument('[paths...]', 'definition files and directories; without them the running service')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--json', 'the findings as JSON')
    .addHelpText('after', '\nSLOWBURN_TOKEN holds the token where the service asks for one.')
    .addHelpText('after', examples('slowburn doctor', 'slowburn doctor slos/ --json'))
    .action(async (paths: readonly string[], options: DoctorOptions) => {
      const { doctor } = await import('./doctor.js');
      process.exitCode = await doctor(paths, options);
    });

  program
    .command('preview')
    .description('what definitions would have said of the last 30 days, before they are saved')
    .argument('<paths...>', 'files and directories')
    .option('--json', 'budgets, series and alerts as JSON')
    .addHelpText(
      'after',
      `\nIt asks the data sources of slowburn.yaml or PROMETHEUS_URL; no service is needed.${examples('slowburn preview slos/', 'slowburn preview --json slos/shop.yaml')}`,
    )
    .action(async (paths: readonly string[], options: { readonly json?: boolean }) => {
      const { preview } = await import('./preview.js');
      process.exitCode = await preview(paths, options);
    });

  program
    .command('rules')
    .description(
      'rules for Prometheus of definition files: alerts on our gauges, or all without us',
    )
    .argument('<paths...>', 'files and directories, in any of the languages')
    .option('--flavour <flavour>', 'gauges or standalone', 'gauges')
    .option('--out <directory>', 'a file for each service, instead of stdout')
    .option('--scrape-interval <duration>', 'of the counted targets, for standalone', '15s')
    .option('--external-url <url>', 'where the service is reached, for links of alerts')
    .option('--runbook-base-url <url>', 'where runbooks are that are written as a path')
    .addOption(new Option('--json', 'the rules as JSON').conflicts('out'))
    .addHelpText(
      'after',
      examples(
        'slowburn rules slos/ > /etc/prometheus/rules/slowburn.yaml',
        'slowburn rules --flavour standalone --out rules/ slos/',
      ),
    )
    .action(async (paths: readonly string[], options: RulesOptions) => {
      const { rules } = await import('./rules.js');
      process.exitCode = await rules(paths, options);
    });

  program
    .command('gate')
    .description('may we deploy? exit 0 yes, 1 no, 2 the service cannot say')
    .argument('<target>', 'SERVICE/NAME for one SLO, SERVICE for all of its')
    .option('--label <name=value...>', 'of one group, or only SLOs with these labels')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--json', 'the answer with all figures behind it as JSON')
    .addHelpText('after', '\nSLOWBURN_TOKEN holds the token where the service asks for one.')
    .addHelpText('after', examples('slowburn gate shop/api-errors', 'slowburn gate shop --json'))
    .action(async (target: string, options: GateOptions) => {
      process.exitCode = await gate(target, options);
    });

  program
    .command('rehearse')
    .description(
      'what alert policies would have done with the last 30 days of an SLO, side by side',
    )
    .argument('<slo>', 'SERVICE/NAME')
    .option(
      '--policy <file>',
      'a YAML file with name and tiers, or workbook, sloth, sloth-quick, pyrra, grafana; again for more',
      collected,
      [],
    )
    .option(
      '--label <name=value>',
      'one group of a grouped SLO; again for more labels',
      collected,
      [],
    )
    .option('--from <instant>', 'RFC 3339; 30 days before --to where it is left out')
    .option('--to <instant>', 'RFC 3339; now where it is left out')
    .option('--merge <duration>', 'episodes that are at most so far apart are taken as one')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--json', 'the answer as JSON')
    .addHelpText('after', '\nSLOWBURN_TOKEN holds the token where the service asks for one.')
    .addHelpText(
      'after',
      examples(
        'slowburn rehearse shop/api-errors',
        'slowburn rehearse shop/api-errors --policy pyrra --policy mine.yaml --merge 30m',
      ),
    )
    .action(async (slo: string, options: RehearseOptions) => {
      const { rehearse } = await import('./rehearse.js');
      process.exitCode = await rehearse(slo, options);
    });

  program
    .command('backfill')
    .description(
      'read the history of one SLO further back than its window, as far as the source goes',
    )
    .argument('<slo>', 'SERVICE/NAME')
    .requiredOption('--from <date>', 'a day (midnight UTC) or an instant with its zone')
    .option('--wait', 'until it is read, with a progress bar')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--json', 'what is still to be read as JSON')
    .addHelpText('after', "\nSLOWBURN_TOKEN holds an admin's token where the service asks for one.")
    .addHelpText('after', examples('slowburn backfill shop/api-errors --from 2026-06-01 --wait'))
    .action(async (slo: string, options: BackfillOptions) => {
      process.exitCode = await backfill(slo, options);
    });

  program
    .command('import')
    .description('write definitions of another tool in our language; warnings go to stderr')
    .argument('<paths...>', 'files and directories')
    .requiredOption('--from <language>', IMPORTED.join(', '))
    .option('--window <duration>', 'the SLO window where files have none, as those of Sloth')
    .option('--json', 'documents and problems as JSON')
    .addHelpText(
      'after',
      examples(
        'slowburn import --from sloth --window 30d sloth/ > slos/shop.yaml',
        'slowburn import --from pyrra --json objective.yaml',
      ),
    )
    .action(async (paths: readonly string[], options: ImportOptions) => {
      process.exitCode = await importDefinitions(paths, options);
    });

  addTokenCommands(program);

  program
    .command('migrate')
    .description('bring the schema of DATABASE_URL up to date')
    .option('--json', 'the names of the migrations that ran as JSON')
    .addHelpText('after', examples('DATABASE_URL=postgres://owner@db/slowburn slowburn migrate'))
    .action(async (options: { readonly json?: boolean }) => {
      process.exitCode = await migrateDatabase(options);
    });

  await program.parseAsync(argv);
}

function addTokenCommands(program: Command): void {
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

/** Gathers an option that may be there several times. */
function collected(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function examples(...lines: readonly string[]): string {
  return ['\nExamples:', ...lines.map((line) => `  ${line}`)].join('\n');
}

function serviceUrl(): string {
  return process.env['SLOWBURN_URL'] ?? DEFAULT_URL;
}

main(process.argv).catch((error: unknown) => {
  process.exitCode = COULD_NOT_RUN;
  if (error instanceof CommanderError) {
    // Commander has already said what it had to say; help and the like are no failures.
    if (error.exitCode === 0) process.exitCode = 0;
  } else if (error instanceof CouldNotRun) {
    console.error(error.message);
  } else {
    console.error(error);
  }
});
