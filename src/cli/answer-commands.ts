import type { Command } from 'commander';
import type { ClosedReportsOptions } from './closed-reports';
import { collected, examples, serviceUrl } from './command-texts';
import { gate, type GateOptions } from './gate';
import type { RehearseOptions } from './rehearse';
import type { ReportOptions } from './report';

/** What a running service is asked about what was counted. */
export function addAnswerCommands(program: Command): void {
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
    .command('report')
    .description('the uptime report of a month, printed or saved; or what is closed')
    .argument('[month]', 'YYYY-MM')
    .option('--list', 'closed reports with their hashes, and who has had them')
    .option('--verify', 'recompute the hashes of closed reports here; 1 when one does not fit')
    .option('--format <format>', 'json, csv, md, html, pdf or xlsx', 'md')
    .option('--language <language>', 'en or pt')
    .option('--service <name>', 'only the SLOs of one service')
    .option(
      '--time-zone <zone>',
      'IANA zone of the month; REPORT_TIME_ZONE of the service unless told',
    )
    .option('--revision <number>', 'of a closed report; the latest unless told')
    .option('--output <file>', 'where to save it')
    .option('--url <url>', 'where the service is (SLOWBURN_URL)', serviceUrl())
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nSLOWBURN_TOKEN holds the token where the service asks for one.')
    .addHelpText(
      'after',
      examples(
        'slowburn report 2026-10',
        'slowburn report --verify',
        'slowburn report 2026-10 --format pdf --language pt --output outubro.pdf',
      ),
    )
    .action(async (month: string | undefined, options: ReportOptions & ClosedReportsOptions) => {
      const { closedReports } = await import('./closed-reports.js');
      const { report } = await import('./report.js');
      process.exitCode =
        options.list === true || options.verify === true || month === undefined
          ? await closedReports(month, options)
          : await report(month, options);
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
}
