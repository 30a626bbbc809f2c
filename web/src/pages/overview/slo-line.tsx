import { Component } from 'preact';
import type { Figures } from '../../figures/figures';
import { BudgetBar } from '../../kit/budget-bar';
import { classes } from '../../kit/classes';
import { Icon } from '../../kit/icons';
import { GroupLabels } from '../../kit/slo-name';
import { StatusBadge } from '../../kit/status';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import { WINDOW_WORDS, windowText } from '../../words/window-text';
import { type Row, silentSeconds } from './rows';
import { Sparkline } from './sparkline';
import css from './slo-list.module.css';
import type { Words } from './words';

interface Props {
  readonly row: Row;
  readonly figures: Figures;
  readonly words: Words;
  /** The service stands above it already. */
  readonly isUnderService: boolean;
}

/** A minute now and then changes nothing. */
const WHOLE = 0.99;

/** A line of the list. Of thousands only those are drawn anew whose row is another one. */
export class SloLine extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { row, figures, words, isUnderService } = this.props;
    return (
      next.row !== row ||
      next.figures !== figures ||
      next.words !== words ||
      next.isUnderService !== isUnderService
    );
  }

  override render({ row, figures, words, isUnderService }: Props) {
    const { status, remainingRatio, coverage, objective, sli, burnRate, firing, paging, reason } =
      row;
    const silent = silentSeconds(row);
    return (
      <div role="row" class={classes(css['row'], css['line'])}>
        <div role="cell" class={classes(css['cell'], css['status'])}>
          <StatusBadge status={status} />
          {firing > 0 && (
            <span class={classes(css['firing'], paging > 0 && css['paging'])}>
              <Icon name={paging > 0 ? 'page' : 'ticket'} />
              <span class="unseen">
                {words.firingAlerts(figures.count(firing), figures.count(paging))}
              </span>
              <span aria-hidden="true">{firing}</span>
            </span>
          )}
        </div>
        <div role="rowheader" class={classes(css['cell'], css['slo'])}>
          <a href={sloPath(row.slo, row.group)} class={css['name']}>
            {!isUnderService && <span class={css['service']}>{row.service}/</span>}
            {row.name}
          </a>
          <GroupLabels group={row.group} />
          {isPartly(row) && (
            <span class={css['seen']}>{words.seen(figures.coverage(coverage.ratio))}</span>
          )}
          {silent !== null && (
            <span class={css['seen']}>{words.silent(figures.duration(silent))}</span>
          )}
          {row.description !== null && <bdi class={css['description']}>{row.description}</bdi>}
        </div>
        <div role="cell" class={classes(css['cell'], css['objective'])}>
          {figures.objective(objective)}
          <span class={css['soft']}>{windowText(say(WINDOW_WORDS), row.window).alone}</span>
        </div>
        <div role="cell" class={classes(css['cell'], css['sli'])}>
          {figures.sli(sli, objective)}
        </div>
        <div role="cell" class={classes(css['cell'], css['remaining'])}>
          {remainingRatio === null ? (
            <span class={css['reason']}>{reason !== null && figures.sentence(reason)}</span>
          ) : (
            <>
              <BudgetBar remainingRatio={remainingRatio} coverage={coverage} status={status} />
              <span class={css['left']}>{figures.remaining(remainingRatio)}</span>
              <span class={css['time']}>{figures.durationLeft(row.remainingSeconds)}</span>
            </>
          )}
        </div>
        <div role="cell" class={classes(css['cell'], css['burn'], isFast(burnRate) && css['fast'])}>
          <span class={css['inPhone']} aria-hidden="true">
            {words.columns.burn}
          </span>
          {figures.burn(burnRate)}
        </div>
        <div role="cell" class={classes(css['cell'], css['days'])}>
          <Sparkline
            values={row.sparkline?.remainingRatio ?? []}
            label={daysLabel(row, figures, words)}
          />
        </div>
      </div>
    );
  }
}

/** So much is missing that the figures may be other ones. */
function isPartly({ coverage, remainingRatio }: Row): boolean {
  return remainingRatio !== null && coverage.ratio < WHOLE;
}

/** Faster than budget. */
function isFast(burnRate: number | null): boolean {
  return burnRate !== null && burnRate > 1;
}

function daysLabel({ sparkline, remainingRatio }: Row, figures: Figures, words: Words): string {
  const known = (sparkline?.remainingRatio ?? []).filter((ratio) => ratio !== null);
  const least = Math.min(...known);
  return words.sparkline(figures.remaining(least), figures.remaining(remainingRatio));
}
