import type { AlertPage, AlertView } from '../../../../src/alerting/alerts.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import { type Asking, isSameGroup } from './address';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

/** Alerts of this SLO that fire and that did, the newest first. */
export function Alerts({ asking: { slo, group } }: { readonly asking: Asking }) {
  const words = say(DETAIL_WORDS);
  const path = `/api/v1/alerts?slo=${encodeURIComponent(slo)}&limit=100`;
  const alerts = useAnswer<AlertPage>(path, { follows: tick });
  return (
    <Shown of={alerts}>
      {({ items }) => {
        const own = items.filter((alert) => group === null || isSameGroup(alert.group, group));
        return own.length === 0 ? (
          <Empty title={words.noAlerts}>{words.noAlertsText}</Empty>
        ) : (
          <List alerts={own} />
        );
      }}
    </Shown>
  );
}

function List({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  return (
    <Table
      caption={words.alert}
      rows={alerts}
      keyOf={({ id }) => id}
      columns={[
        { key: 'alert', title: words.alert, isName: true, cell: (alert) => <Name alert={alert} /> },
        {
          key: 'began',
          title: words.began,
          cell: ({ startedAt }) => figures.nearInstant(startedAt),
        },
        { key: 'ended', title: words.ended, cell: (alert) => <End alert={alert} /> },
        {
          key: 'burn',
          title: words.burnThen,
          isFigure: true,
          cell: ({ burnLong, burnShort }) =>
            burnLong === null ? '–' : `${figures.burn(burnLong)} / ${figures.burn(burnShort)}`,
        },
        {
          key: 'left',
          title: words.leftThen,
          isFigure: true,
          cell: ({ atStart }) => figures.remaining(atStart.remainingRatio),
        },
      ]}
    />
  );
}

function Name({ alert }: { readonly alert: AlertView }) {
  const words = say(DETAIL_WORDS);
  const { alertname, severity, kind, long, short, factor, heldBy, group } = alert;
  const windows = long === null ? '' : ` · ${long}/${short ?? ''} > ${String(factor)}×`;
  return (
    <span class={css['alert']}>
      <Icon name={kind} />
      <span>
        {words.alertNames[alertname]}{' '}
        <span class={css['soft']}>
          {severity}
          {windows}
        </span>
        {group !== null && (
          <>
            <br />
            <bdi class={css['soft']}>
              {Object.entries(group)
                .map(([name, value]) => `${name}=${value}`)
                .join(', ')}
            </bdi>
          </>
        )}
        {heldBy !== null && <span class={css['soft']}> · {words.held(heldBy)}</span>}
      </span>
    </span>
  );
}

function End({ alert: { endedAt, startedAt, endedBy } }: { readonly alert: AlertView }) {
  const words = say(DETAIL_WORDS);
  const figures = told.value;
  if (endedAt === null) return <strong class={css['fires']}>{words.firing}</strong>;
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return (
    <>
      {figures.nearInstant(endedAt)}{' '}
      <span class={css['soft']}>
        {figures.duration(seconds)}
        {endedBy === 'gone' && ` · ${words.goneEnd}`}
      </span>
    </>
  );
}
