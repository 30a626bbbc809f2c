import { sparklinePath } from './sparkline-path';
import css from './sparkline.module.css';

const WIDTH = 96;
const HEIGHT = 22;

/** How much of the budget was left at the end of each of the last days. */
export function Sparkline({
  values,
  label,
}: {
  readonly values: readonly (number | null)[];
  readonly label: string;
}) {
  const path = sparklinePath(values, WIDTH, HEIGHT);
  if (path === null) return <span class={css['none']}>–</span>;
  const { line, zero, last } = path;
  return (
    <svg
      class={css['sparkline']}
      viewBox={`-3 -3 ${WIDTH + 6} ${HEIGHT + 6}`}
      width={WIDTH + 6}
      height={HEIGHT + 6}
      role="img"
      aria-label={label}
    >
      {zero !== null && <path class={css['zero']} d={`M0 ${zero}H${WIDTH}`} />}
      <path class={css['line']} d={line} />
      {last !== null && <circle class={css['last']} cx={last[0]} cy={last[1]} r="2" />}
    </svg>
  );
}
