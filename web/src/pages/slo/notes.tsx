import type { SloBackfillView } from '../../../../src/collection/backfill.dto';
import type { SloView } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Icon } from '../../kit/icons';
import { Progress } from '../../kit/progress';
import { say } from '../../words/say';
import css from './head.module.css';
import { WORDS } from './words';

/** What one has to know of the figures before one believes them. */
export function Notes({ view }: { readonly view: SloView }) {
  const words = say(WORDS);
  const { retiredAt, definition } = view;
  // Its history is that of its parts.
  const isComposite = 'parts' in definition.sli;
  return (
    <>
      {retiredAt !== null && (
        <p class={css['note']} role="status">
          <Icon name="no_data" />
          {words.retired(told.value.instant(retiredAt))}
        </p>
      )}
      {definition.stale && (
        <p class={css['note']} role="status">
          <Icon name="at_risk" />
          {words.stale(definition.file)}
        </p>
      )}
      {retiredAt === null && !isComposite && <Backfill slo={view.slo} />}
    </>
  );
}

const STEP_SECONDS = 300;

/** How much of the history is still to be read; nothing once all of it is. */
function Backfill({ slo }: { readonly slo: string }) {
  const words = say(WORDS);
  const { data } = useAnswer<SloBackfillView>(`/api/v1/collection/backfill/${slo}`, {
    follows: tick,
  });
  if (data === undefined || data.steps === 0) return null;
  const figures = told.value;
  const whole = (Date.now() - Date.parse(data.from)) / 1000 / STEP_SECONDS;
  const done = Math.max(0, 1 - data.steps / whole);
  return (
    <div class={css['note']} role="status">
      {words.backfill(
        figures.count(data.steps),
        figures.nearInstant(data.from),
        figures.nearInstant(data.to),
      )}
      <Progress
        label={words.backfillDone(figures.coverage(done))}
        ratio={done}
        text={figures.coverage(done)}
      />
    </div>
  );
}
