import type { AlertPage } from '../../../../src/alerting/alerts.dto';
import { ALERT_WORDS } from '../../alerts/alert-words';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { classes } from '../../kit/classes';
import { Icon } from '../../kit/icons';
import { SloLink } from '../../kit/slo-name';
import { Shown } from '../../kit/states';
import { STATUSES } from '../../kit/status-order';
import { say } from '../../words/say';
import { Emptied } from './emptied';
import css from './now.module.css';
import type { Row } from './rows';
import { type Trouble, troublesOf } from './troubles';
import { WORDS } from './words';

const FIRING = '/api/v1/alerts?state=firing&limit=1000';
/** More stand in the list below. */
const SHOWN = 5;

/** What whoever was woken needs first: how many alerts fire, of which SLOs, since when. */
export function Now({ rows }: { readonly rows: readonly Row[] }) {
  const alerts = useAnswer<AlertPage>(FIRING, { follows: tick });
  if (alerts.data === undefined && alerts.failure === undefined) {
    return <div class={css['now']} />;
  }
  return (
    <Shown of={alerts}>{({ items }) => <Told rows={rows} troubles={troublesOf(items)} />}</Shown>
  );
}

interface Props {
  readonly rows: readonly Row[];
  readonly troubles: readonly Trouble[];
}

function Told({ rows, troubles }: Props) {
  return (
    <section class={css['now']} aria-labelledby="now">
      <Headline rows={rows} troubles={troubles} />
      {troubles.length > 0 && <Firing rows={rows} troubles={troubles} />}
    </section>
  );
}

function Headline({ rows, troubles }: Props) {
  const words = say(WORDS);
  const figures = told.value;
  const pages = troubles.filter(({ worst }) => worst.kind === 'page').length;
  const tickets = troubles.length - pages;
  const isCalm = troubles.length === 0 && rows.every(({ status }) => status === 'healthy');
  if (isCalm) {
    return (
      <div class={css['headline']}>
        <h2 id="now">
          <Icon name="healthy" class={css['calm']} />
          {words.calm}
        </h2>
        <p>{words.calmText(figures.count(rows.length), figures.plural(rows.length, words.slo))}</p>
      </div>
    );
  }
  return (
    <div class={css['headline']}>
      <h2 id="now">
        <Icon
          name={pages > 0 ? 'page' : tickets > 0 ? 'ticket' : worstOf(rows)}
          class={pages > 0 ? css['paging'] : css['quiet']}
        />
        {pages > 0 && (
          <span>{words.pages(figures.count(pages), figures.plural(pages, ONE_OR_MORE))}</span>
        )}
        {tickets > 0 && (
          <span class={pages > 0 ? css['lesser'] : undefined}>
            {(pages > 0 ? words.tickets : words.onlyTickets)(
              figures.count(tickets),
              figures.plural(tickets, ONE_OR_MORE),
            )}
          </span>
        )}
        {troubles.length === 0 && words.noAlert}
      </h2>
      <p>
        {words.inTrouble(
          countOf(rows, 'exhausted'),
          countOf(rows, 'critical'),
          countOf(rows, 'at_risk'),
          countOf(rows, 'no_data'),
        )}
      </p>
    </div>
  );
}

const ONE_OR_MORE = { one: 'one', other: 'other' } as const;

/** Without an alert a budget may be spent all the same, or nothing be known of it. */
function worstOf(rows: readonly Row[]): Row['status'] {
  return STATUSES.find((status) => countOf(rows, status) > 0) ?? 'healthy';
}

function countOf(rows: readonly Row[], status: Row['status']): number {
  return rows.filter((row) => row.status === status).length;
}

function Firing({ rows, troubles }: Props) {
  const words = say(WORDS);
  const figures = told.value;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const hidden = troubles.length - SHOWN;
  return (
    <ol class={css['list']} aria-label={words.firing}>
      {troubles.slice(0, SHOWN).map((trouble) => (
        <Line key={trouble.key} trouble={trouble} row={byKey.get(trouble.key)} />
      ))}
      {hidden > 0 && (
        <li>
          <a href="/alerts">{words.andMore(figures.count(hidden))}</a>
        </li>
      )}
    </ol>
  );
}

function Line({ trouble, row }: { readonly trouble: Trouble; readonly row: Row | undefined }) {
  const words = say(WORDS);
  const figures = told.value;
  const { names, held } = say(ALERT_WORDS);
  const { slo, group, worst, since } = trouble;
  return (
    <li class={classes(css['line'], worst.heldBy !== null && css['held'])}>
      <Icon name={worst.kind} class={worst.kind === 'page' ? css['paging'] : css['quiet']} />
      <span class={css['severity']}>{worst.severity}</span>
      <SloLink slo={slo} group={group} />
      <span>
        {names[worst.alertname]}
        {worst.heldBy !== null && `. ${held(worst.heldBy)}`}
      </span>
      {row?.burnRate != null && (
        <span class={css['figures']}>
          {words.burning(figures.burn(row.burnRate), figures.remaining(row.remainingRatio))}
        </span>
      )}
      <Emptied slo={slo} group={group} />
      <span class={css['since']}>
        {words.since(figures.clock(since), figures.ago(since, Date.now()))}
      </span>
    </li>
  );
}
