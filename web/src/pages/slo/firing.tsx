import type { AlertPage, AlertView } from '../../../../src/alerting/alerts.dto';
import { ALERT_WORDS } from '../../alerts/alert-words';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { groupText } from '../../figures/group-text';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { isLink } from '../../kit/is-link';
import { Shown } from '../../kit/states';
import { say } from '../../words/say';
import type { Asking } from './address';
import { alertsPath } from './alerts';
import css from './head.module.css';
import { WORDS } from './words';

/** Which alerts fire, and since when: burns, a spent budget, missing data, of each group its own. */
export function Firing({ asking }: { readonly asking: Asking }) {
  const words = say(WORDS);
  const path = alertsPath(asking, { state: 'firing', limit: '1000' });
  const alerts = useAnswer<AlertPage>(path, { follows: tick });
  return (
    <section class={css['fact']} aria-labelledby="firing">
      <h2 id="firing" class={css['name']}>
        {words.firing}
      </h2>
      <Shown of={alerts}>
        {({ items }) =>
          items.length === 0 ? (
            <p class={css['answer']}>
              <Icon name="healthy" class={css['good']} />
              {words.nothingFires}
            </p>
          ) : (
            <ul class={css['firing']}>
              {pagesFirst(items).map((alert) => (
                <Alert key={alert.id} alert={alert} isOfGroup={asking.group !== null} />
              ))}
            </ul>
          )
        }
      </Shown>
    </section>
  );
}

function Alert({ alert, isOfGroup }: { readonly alert: AlertView; readonly isOfGroup: boolean }) {
  const words = say(WORDS);
  const { names, held } = say(ALERT_WORDS);
  const figures = told.value;
  const { kind, severity, alertname, long, short, factor, group, startedAt, heldBy } = alert;
  const runbook = alert.annotations['runbook_url'];
  return (
    <li>
      <Icon name={kind} class={kind === 'page' ? css['bad'] : css['warned']} />
      <span>
        {group !== null && !isOfGroup && (
          <>
            <bdi>{groupText(group)}</bdi>
            <br />
          </>
        )}
        <strong>
          {long === null || short === null
            ? `${severity}: ${names[alertname]}`
            : words.fires(severity, long, short, figures.count(factor, 2))}
        </strong>
        {heldBy !== null && ` · ${held(heldBy)}`}
        <br />
        {words.since(figures.ago(startedAt, Date.now()), figures.nearInstant(startedAt))}
        {runbook !== undefined && isLink(runbook) && (
          <>
            {' · '}
            <a href={runbook} rel="noopener noreferrer">
              {words.runbook}
            </a>
          </>
        )}
      </span>
    </li>
  );
}

function pagesFirst(alerts: readonly AlertView[]): readonly AlertView[] {
  return [...alerts].sort((a, b) => Number(a.kind !== 'page') - Number(b.kind !== 'page'));
}
