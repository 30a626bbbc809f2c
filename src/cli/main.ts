#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { addAnswerCommands } from './answer-commands';
import { apply, type ChangeOptions, deleteDefinition } from './apply';
import { backfill, type BackfillOptions } from './backfill';
import { examples, serviceUrl } from './command-texts';
import { CouldNotRun } from './could-not-run';
import type { DoctorOptions } from './doctor';
import { importDefinitions, IMPORTED, type ImportOptions } from './import';
import { migrateDatabase } from './migrate';
import { plan } from './plan';
import type { RulesOptions } from './rules';
import { status, type StatusOptions } from './status';
import { addTokenCommands } from './token-commands';
import { validate } from './validate';

const COULD_NOT_RUN = 2;

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

  addAnswerCommands(program);

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

// Whoever reads no further, such as `head`, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

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
