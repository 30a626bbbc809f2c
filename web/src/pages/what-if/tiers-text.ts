/** A pair of alert windows as it is typed; whether it makes sense, the service says. */
export interface TypedTier {
  readonly kind: 'page' | 'ticket';
  readonly factor: string;
  readonly long: string;
  readonly short: string;
  /** How long both must burn before it fires; empty for at once. */
  readonly wait: string;
}

/** As many as the service takes. */
export const MOST_TIERS = 20;

/** `page:14.4:1h:5m;ticket:1:3d:6h:1h`, as the address holds it. */
export function tiersText(tiers: readonly TypedTier[]): string {
  return tiers
    .map(({ kind, factor, long, short, wait }) =>
      [kind, factor, long, short, ...(wait === '' ? [] : [wait])]
        .map((part) => part.replace(/[:;]/g, ''))
        .join(':'),
    )
    .join(';');
}

/** The reverse; what is none is left out. */
export function tiersOf(text: string | null): readonly TypedTier[] {
  return (text ?? '')
    .split(';')
    .flatMap((written): readonly TypedTier[] => {
      const [kind, factor = '', long = '', short = '', wait = ''] = written.split(':');
      return kind === 'page' || kind === 'ticket' ? [{ kind, factor, long, short, wait }] : [];
    })
    .slice(0, MOST_TIERS);
}

/** As the service takes them. */
export function tierBodies(tiers: readonly TypedTier[]): readonly object[] {
  return tiers.map(({ wait, ...tier }) => ({ ...tier, ...(wait !== '' && { for: wait }) }));
}
