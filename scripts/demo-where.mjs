// What the demo says at its end: what there is to see, the first things first.
import { dirname, relative } from 'node:path';

/**
 * @param urls of the parts that run
 * @param reports last month's report and the files it is saved in
 */
export function tellWhereToLook(urls, reports, { logs, hasAlertmanager, systems }) {
  const { service, prometheus, simulator, alertmanager } = urls;
  const has = (system, line) => (systems.includes(system) ? [line] : []);
  const [first] = systems;
  tell('Look at', [
    `${service}/   # the dashboard`,
    `${service}/api/docs   # the API, to browse`,
    `${prometheus}/graph?g0.expr=slo_error_budget_remaining_ratio`,
    ...has(
      'faciliauto',
      `curl -s ${service}/api/v1/slos/faciliauto/api-errors/budget   # more than half of the budget is left`,
    ),
    ...has(
      'todo',
      `curl -s ${service}/api/v1/slos/todo/error-rate/burn-rates   # a ticket is firing`,
    ),
    `curl -s '${service}/api/v1/slos?status=critical'`,
    `curl -s '${service}/api/v1/alerts?state=firing'`,
    ...(hasAlertmanager ? [`${alertmanager}/#/alerts   # what Alertmanager was told`] : []),
    `curl -s ${service}/metrics`,
    `node dist/src/cli/main.js status --url ${service}   # the table again`,
  ]);
  tellReports(service, reports);
  tell('Break something', [
    `npm run demo -- ${['--incident', ...sameDemo()].join(' ')}   # in another terminal, and follow the page`,
    `curl -s -X POST '${simulator}/incident?system=${systems.at(-2) ?? first}&kind=latency&for=10m'   # or errors, or down`,
  ]);
  console.log(`Logs are in ${logs}`);
}

function tellReports(service, { report, files, translated, interim }) {
  const { month, state, overall } = report;
  const { met, missed } = overall;
  tell(`The report of ${month} (${state}): ${met} objectives met, ${missed} missed`, [
    `${shown(files.html)}   # first, in a browser`,
    ...(translated.html ? [`${shown(translated.html)}   # FacilIAuto's, in Portuguese`] : []),
    `${shown(dirname(files.html))}   # in every format: ${Object.keys(files).join(', ')}`,
    `${shown(interim)}   # this month, until now`,
    `node dist/src/cli/main.js report ${month} --url ${service}   # in this terminal`,
  ]);
}

function tell(title, lines) {
  console.log(['', title, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** What this demo was asked for, but for what is done once. */
function sameDemo() {
  const once = ['--fresh', '--once', '--incident'];
  return process.argv.slice(2).filter((option) => !once.includes(option));
}

/** From here, where it is below. */
function shown(path) {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
}
