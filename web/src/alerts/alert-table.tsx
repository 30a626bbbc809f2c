import type { AlertView } from '../../../src/alerting/alerts.dto';
import { told } from '../figures/told';
import { Icon } from '../kit/icons';
import { isLink } from '../kit/is-link';
import { GroupLabels, SloLink } from '../kit/slo-name';
import { type Column, Table } from '../kit/table';
import { say } from '../words/say';
import css from './alert-table.module.css';
import { ALERT_WORDS } from './alert-words';

interface Props {
  readonly caption: string;
  readonly alerts: readonly AlertView[];
  /** They are of one SLO, which is not told at each of them; its groups are. */
  readonly isOfOne?: boolean;
}

/** Alerts from their beginning to their end, with the figures that they began with. */
export function AlertTable({ caption, alerts, isOfOne = false }: Props) {
  const words = say(ALERT_WORDS);
  const figures = told.value;
  const { columns } = words;
  const all: readonly Column<AlertView>[] = [
    { key: 'severity', title: columns.severity, cell: (alert) => <Severity alert={alert} /> },
    ...(isOfOne ? groupColumn(alerts, columns.group) : [sloColumn(columns.slo)]),
    {
      key: 'what',
      title: columns.what,
      isName: isOfOne,
      cell: (alert) => <What alert={alert} />,
    },
    {
      key: 'began',
      title: columns.began,
      cell: ({ startedAt, endedAt }) => (
        <span class={css['time']}>
          {figures.nearInstant(startedAt)}
          {endedAt === null && (
            <span class={css['soft']}>
              {words.fires}, {figures.ago(startedAt, Date.now())}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'lasted',
      title: columns.lasted,
      isFigure: true,
      cell: ({ startedAt, endedAt }) => figures.duration(secondsOf(startedAt, endedAt)),
    },
    {
      key: 'burn',
      title: columns.burn,
      isFigure: true,
      cell: ({ atStart: { burnLong, burnShort } }) =>
        burnLong === null && burnShort === null
          ? figures.burn(null)
          : words.burns(figures.burn(burnLong), figures.burn(burnShort)),
    },
    {
      key: 'left',
      title: columns.left,
      isFigure: true,
      cell: ({ atStart }) => figures.remaining(atStart.remainingRatio),
    },
    { key: 'told', title: columns.told, cell: (alert) => <Note alert={alert} /> },
  ];
  return <Table caption={caption} columns={all} rows={alerts} keyOf={({ id }) => id} />;
}

function sloColumn(title: string): Column<AlertView> {
  return {
    ...{ key: 'slo', title, isName: true },
    cell: ({ slo, group }) => <SloLink slo={slo} group={group} />,
  };
}

/** None for an SLO without groups. */
function groupColumn(alerts: readonly AlertView[], title: string): readonly Column<AlertView>[] {
  if (alerts.every(({ group }) => group === null)) return [];
  return [{ key: 'group', title, cell: ({ group }) => <GroupLabels group={group} /> }];
}

function Severity({ alert: { kind, severity } }: { readonly alert: AlertView }) {
  const { kinds } = say(ALERT_WORDS);
  return (
    <span class={css['severity']}>
      <Icon name={kind} class={css[kind]} />
      <bdi>{severity}</bdi>
      {severity !== kind && <span class={css['soft']}>{kinds[kind]}</span>}
    </span>
  );
}

function What({ alert: { alertname, long, short, factor } }: { readonly alert: AlertView }) {
  const words = say(ALERT_WORDS);
  return (
    <div class={css['what']}>
      {words.names[alertname]}
      {long !== null && short !== null && (
        <span class={css['soft']}>{words.windows(long, short, told.value.burn(factor))}</span>
      )}
    </div>
  );
}

/** Who was not told, how it ended, and what to do about it. */
function Note({ alert: { heldBy, endedBy, annotations } }: { readonly alert: AlertView }) {
  const words = say(ALERT_WORDS);
  const runbook = annotations['runbook_url'];
  return (
    <>
      {heldBy !== null && <span class={css['note']}>{words.held(heldBy)}</span>}
      {endedBy !== null && <span class={css['note']}>{words.ended[endedBy]}</span>}
      {runbook !== undefined && isLink(runbook) && (
        <a href={runbook} rel="noreferrer noopener">
          {words.runbook}
        </a>
      )}
    </>
  );
}

function secondsOf(from: string, to: string | null): number {
  return ((to === null ? Date.now() : Date.parse(to)) - Date.parse(from)) / 1000;
}
