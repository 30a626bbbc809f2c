import type { AlertView } from '../../../../src/alerting/alerts.dto';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { GroupLabels } from '../../kit/slo-name';
import { type Column, Table } from '../../kit/table';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import css from './alerts.module.css';
import { WORDS } from './words';

interface Props {
  readonly caption: string;
  readonly alerts: readonly AlertView[];
}

export function AlertTable({ caption, alerts }: Props) {
  const words = say(WORDS);
  const figures = told.value;
  const { columns } = words;
  const all: readonly Column<AlertView>[] = [
    { key: 'severity', title: columns.severity, cell: (alert) => <Severity alert={alert} /> },
    {
      key: 'slo',
      title: columns.slo,
      isName: true,
      cell: ({ slo, group }) => (
        <span class={css['slo']}>
          <a href={sloPath(slo, group)}>{slo}</a>
          <GroupLabels group={group} />
        </span>
      ),
    },
    { key: 'what', title: columns.what, cell: (alert) => <What alert={alert} /> },
    {
      key: 'began',
      title: columns.began,
      cell: ({ startedAt, endedAt }) => (
        <span class={css['time']}>
          {figures.nearInstant(startedAt)}
          {endedAt === null && (
            <span class={css['soft']}>{figures.ago(startedAt, Date.now())}</span>
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

function Severity({ alert: { kind, severity } }: { readonly alert: AlertView }) {
  const { kinds } = say(WORDS);
  return (
    <span class={css['severity']}>
      <Icon name={kind} class={css[kind]} />
      <bdi>{severity}</bdi>
      {severity !== kind && <span class={css['soft']}>{kinds[kind]}</span>}
    </span>
  );
}

function What({ alert: { alertname, long, short, factor } }: { readonly alert: AlertView }) {
  const words = say(WORDS);
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
  const words = say(WORDS);
  const runbook = annotations['runbook_url'];
  return (
    <>
      {heldBy !== null && <span class={css['note']}>{words.held(heldBy)}</span>}
      {endedBy !== null && <span class={css['note']}>{words.ended[endedBy]}</span>}
      {runbook !== undefined && /^https?:/i.test(runbook) && (
        <a href={runbook} rel="noreferrer">
          {words.runbook}
        </a>
      )}
    </>
  );
}

function secondsOf(from: string, to: string | null): number {
  return ((to === null ? Date.now() : Date.parse(to)) - Date.parse(from)) / 1000;
}
