import { told } from '../figures/told';
import css from './span-strip.module.css';

interface Span {
  readonly from: string;
  /** Null while it goes on. */
  readonly to: string | null;
}

interface Props {
  /** What it shows, with how many. */
  readonly label: string;
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly spans: readonly Span[];
}

const WIDTH = 1_000;
const HEIGHT = 16;
/** Shorter ones could not be seen. */
const LEAST = 3;

/** Times within a time, as marks on a line. */
export function SpanStrip({ label, from, to, spans }: Props) {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const at = (instant: string) =>
    (Math.max(0, Math.min(1, (Date.parse(instant) - begin) / (end - begin || 1))) || 0) * WIDTH;
  return (
    <svg
      class={css['strip']}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect class={css['time']} x="0" y="6" width={WIDTH} height="4" />
      {spans.map((span) => (
        <rect
          key={span.from}
          class={css['span']}
          x={Math.min(at(span.from), WIDTH - LEAST)}
          y="0"
          width={Math.max(LEAST, at(span.to ?? to) - at(span.from))}
          height={HEIGHT}
        >
          <title>{`${told.value.instant(span.from)} – ${told.value.instant(span.to)}`}</title>
        </rect>
      ))}
    </svg>
  );
}
