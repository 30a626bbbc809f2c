import type { AlertPage } from '../../../../src/alerting/alerts.dto';
import { AlertTable } from '../../alerts/alert-table';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { useSteady } from '../../api/steady';
import { ShowMore, useLimit } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { groupQuery } from '../../router/slo-path';
import { say } from '../../words/say';
import type { Asking } from './address';
import { DETAIL_WORDS } from './detail-words';
import css from './details.module.css';

const PORTION = 50;

/** Alerts of this SLO, or of its group, that fire and that did, the newest first. */
export function Alerts({ asking }: { readonly asking: Asking }) {
  const words = say(DETAIL_WORDS);
  const { limit, more } = useLimit(PORTION);
  const path = alertsPath(asking, { limit: String(limit) });
  const alerts = useSteady(alertsPath(asking, {}), useAnswer<AlertPage>(path, { follows: tick }));
  return (
    <Shown of={alerts}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <Empty title={words.noAlerts}>{words.noAlertsText}</Empty>
        ) : (
          <div class={css['part']}>
            <AlertTable caption={words.alerts} alerts={items} isOfOne />
            <ShowMore cursor={nextCursor} limit={limit} isBusy={alerts.pending} onMore={more} />
          </div>
        )
      }
    </Shown>
  );
}

/** A question for the alerts of an SLO, or of one of its groups. */
export function alertsPath({ slo, group }: Asking, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams({ slo, ...groupQuery(group), ...more });
  return `/api/v1/alerts?${query.toString()}`;
}
