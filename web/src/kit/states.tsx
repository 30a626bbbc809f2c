import type { ComponentChildren } from 'preact';
import type { Asked } from '../api/answers';
import type { ApiFailure } from '../api/failure';
import { told } from '../figures/told';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { classes } from './classes';
import { Button } from './button';
import { Icon } from './icons';
import css from './states.module.css';

/**
 * What is shown of an answer: that it is loading, that it failed, or its data, with a line above where
 * that is no longer up to date.
 */
export function Shown<T>({
  of,
  children,
}: {
  readonly of: Asked<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  const { data, failure, again } = of;
  if (data === undefined)
    return failure === undefined ? <Loading /> : <Failed failure={failure} again={again} />;
  return (
    <>
      {failure && <Stale failure={failure} again={again} />}
      {children(data)}
    </>
  );
}

/** Shown only to those who wait for more than a moment. */
export function Loading() {
  return (
    <p class={css['loading']} role="status">
      {say(COMMON).loading}
    </p>
  );
}

/** Nothing is there, which is no fault: what that means, and what to do next. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class={css['state']}>
      <Icon name="no_data" class={css['icon']} />
      <h2>{title}</h2>
      {children && <div class={css['text']}>{children}</div>}
    </div>
  );
}

export function Failed({
  failure,
  again,
}: {
  readonly failure: ApiFailure;
  readonly again?: () => void;
}) {
  const words = say(COMMON);
  const { detail, requestId } = failure.problem;
  return (
    <div class={classes(css['state'], css['failed'])} role="alert">
      <Icon name="critical" class={css['icon']} />
      <h2>{failure.status === null ? words.unreachable : words.failed}</h2>
      <p class={css['text']}>{told.value.sentence(detail)}</p>
      {requestId !== null && <p class={css['id']}>{words.requestId(requestId)}</p>}
      {again && <Button onClick={again}>{words.retry}</Button>}
    </div>
  );
}

function Stale({ failure, again }: { readonly failure: ApiFailure; readonly again: () => void }) {
  const words = say(COMMON);
  return (
    <p class={css['stale']} role="status">
      <Icon name="at_risk" class={css['icon']} />
      <span>
        {words.stale} {told.value.sentence(failure.problem.detail)}
      </span>
      <Button kind="quiet" onClick={again}>
        {words.retry}
      </Button>
    </p>
  );
}
