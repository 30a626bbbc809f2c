import type { ClosedReportsPage } from '../../../../src/reports/closed-reports.dto';
import type { Report as ReportView } from '../../../../src/reports/report';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Page as Framed } from '../../kit/page';
import { type Fact, Facts, Note } from '../../kit/section';
import { Empty, Shown } from '../../kit/states';
import { Tag } from '../../kit/tag';
import { query } from '../../router/place';
import type { PageProps } from '../../router/page-props';
import { language } from '../../settings/settings';
import { say } from '../../words/say';
import { ReportBar } from './bar';
import { CloseMonth } from './close-month';
import { Differences } from './differences';
import { ReportDocument } from './document';
import { Downloads } from './downloads';
import { isMonth } from './months';
import css from './reports.module.css';
import { WORDS } from './words';

/** More make a page that browsers take seconds for. */
const MOST_SLOS = 200;

/** The report of a month in place, with its files, its hashes and its corrections. */
export function Page({ params }: PageProps) {
  const words = say(WORDS);
  const month = params['month'] ?? '';
  const isKnown = isMonth(month);
  const title = words.titleOf(isKnown ? told.value.month(month) : month);
  const revision = query.value.get('revision');
  const path = pathOf(month, { format: 'json', revision });
  const summary = useAnswer<ReportView>(isKnown ? path : null);
  return (
    <Framed title={title} aside={<a href="/reports">{words.all}</a>}>
      {isKnown ? (
        <Shown of={summary}>{(report) => <Report month={month} report={report} />}</Shown>
      ) : (
        <Empty title={words.noMonth}>{words.noMonthText}</Empty>
      )}
    </Framed>
  );
}

function Report({ month, report }: { readonly month: string; readonly report: ReportView }) {
  const words = say(WORDS);
  const closed = useAnswer<ClosedReportsPage>('/api/v1/reports', { follows: tick });
  const revisions = (closed.data?.items ?? []).filter(
    (one) => one.month === month && one.timeZone === report.timeZone,
  );
  const [service, revision] = [query.value.get('service'), query.value.get('revision')];
  const spoken = query.value.get('language') ?? language.value;
  const path = (format: string) => pathOf(month, { format, service, revision, language: spoken });
  const isLarge = service === null && report.slos.length > MOST_SLOS;
  return (
    <>
      <Facts facts={factsOf(report)} />
      <ReportBar
        services={report.services.map((one) => one.service)}
        revisions={revisions.map((one) => one.revision)}
        spoken={spoken}
      />
      <div class={css['actions']}>
        <Downloads pathOf={path} />
        <CloseMonth
          month={month}
          timeZone={report.timeZone}
          isClosed={report.state === 'closed'}
          isOver={Date.parse(report.to) <= Date.now()}
        />
      </div>
      {report.revision > 1 && <Differences month={month} report={report} />}
      {isLarge ? <Note>{words.large}</Note> : <ReportDocument path={path('html')} />}
    </>
  );
}

function factsOf({ state, revision, cutOff, timeZone, hash, previousHash }: ReportView): Fact[] {
  const words = say(WORDS);
  const { columns, states } = words;
  const tag =
    state === 'closed' ? (
      <Tag tone="good" icon="healthy">
        {states.closed}
      </Tag>
    ) : (
      <Tag icon="info">{states.interim}</Tag>
    );
  const facts = [
    { title: columns.state, value: tag },
    { title: timeZone, value: words.cutOff(told.value.instant(cutOff)) },
  ];
  if (hash === null) return facts;
  const mono = (text: string) => <span class={css['hash']}>{text}</span>;
  return [
    ...facts,
    { title: columns.revision, value: <>{revision}</> },
    { title: words.hash, value: mono(hash) },
    {
      title: words.previousHash,
      value: previousHash === null ? <>{words.firstOfChain}</> : mono(previousHash),
    },
  ];
}

function pathOf(month: string, wanted: Readonly<Record<string, string | null>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) if (value) parameters.set(name, value);
  return `/api/v1/reports/monthly/${encodeURIComponent(month)}?${parameters.toString()}`;
}
