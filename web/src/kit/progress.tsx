import css from './progress.module.css';

/** How much of something is done, 0 to 1, with the share as text beside it. */
export function Progress({
  label,
  ratio,
  text,
}: {
  readonly label: string;
  readonly ratio: number;
  readonly text: string;
}) {
  return (
    <div class={css['progress']}>
      <progress class={css['bar']} max={1} value={ratio} aria-label={label} />
      <span>{text}</span>
    </div>
  );
}
