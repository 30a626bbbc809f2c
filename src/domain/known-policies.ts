import { DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS } from './duration';
import type { RehearsedTier } from './rehearsed-policy';

/** Tiers that other tools and books alert by, for an SLO window of a length. */
export interface KnownPolicy {
  readonly name: string;
  readonly about: string;
  /** @returns a sentence where it says nothing of such a window */
  tiers(windowSeconds: number): readonly RehearsedTier[] | string;
}

type Kind = RehearsedTier['kind'];

/**
 * The alert policies people compare theirs with, as their own files and documentation give them.
 *
 * @see Site Reliability Workbook, table 5-8
 * @see https://sloth.dev/usage/slo-period-windows/
 * @see https://github.com/pyrra-dev/pyrra, slo/rules.go
 * @see https://grafana.com/docs/grafana-cloud/alerting-and-irm/slo/
 */
export const KNOWN_POLICIES: readonly KnownPolicy[] = [
  {
    name: 'workbook',
    about: 'the Site Reliability Workbook: 2, 5, 10 and 10 % of the budget',
    tiers: () => workbook(),
  },
  {
    name: 'sloth',
    about: 'Sloth, as built in for 28 and 30 days, and its example for 7',
    tiers: (windowSeconds) => {
      const days = windowSeconds / DAY_SECONDS;
      if (days === 28 || days === 30) return workbook();
      if (days === 7) return workbook(['8%', '12.5%', '20%', '42%']);
      return `Sloth has windows for 28 and 30 days built in and an example for 7 days, not for ${Number(days.toFixed(2))}`;
    },
  },
  {
    name: 'sloth-quick',
    about: "Sloth's alternative example for 30 days, with shorter windows",
    tiers: () => [
      share('page', 30 * MINUTE_SECONDS, 2 * MINUTE_SECONDS, '1%'),
      share('page', 3 * HOUR_SECONDS, 15 * MINUTE_SECONDS, '2%'),
      share('ticket', 12 * HOUR_SECONDS, HOUR_SECONDS, '5%'),
      share('ticket', 36 * HOUR_SECONDS, 3 * HOUR_SECONDS, '5%'),
    ],
  },
  {
    name: 'pyrra',
    about: 'Pyrra: windows scaled to the minute, factors 14, 7, 2, 1',
    tiers: pyrra,
  },
  {
    name: 'grafana',
    about: 'Grafana SLO: 14.4, 6, 3 and 1 whatever the window',
    tiers: () => [
      factor('page', HOUR_SECONDS, 5 * MINUTE_SECONDS, '14.4'),
      factor('page', 6 * HOUR_SECONDS, 30 * MINUTE_SECONDS, '6'),
      factor('ticket', DAY_SECONDS, 2 * HOUR_SECONDS, '3'),
      factor('ticket', 3 * DAY_SECONDS, 6 * HOUR_SECONDS, '1'),
    ],
  },
];

function workbook(
  [first = '', second = '', third = '', fourth = '']: readonly string[] = [
    '2%',
    '5%',
    '10%',
    '10%',
  ],
): readonly RehearsedTier[] {
  return [
    share('page', HOUR_SECONDS, 5 * MINUTE_SECONDS, first),
    share('page', 6 * HOUR_SECONDS, 30 * MINUTE_SECONDS, second),
    share('ticket', DAY_SECONDS, 2 * HOUR_SECONDS, third),
    share('ticket', 3 * DAY_SECONDS, 6 * HOUR_SECONDS, fourth),
  ];
}

const PYRRA_DAYS = 28;

/** Windows and waiting times of 28 days, scaled and rounded to the minute; short ones are lost below a week. */
function pyrra(windowSeconds: number): readonly RehearsedTier[] | string {
  const scaled = (minutes: number) =>
    Math.round((minutes * windowSeconds) / (PYRRA_DAYS * DAY_SECONDS)) * MINUTE_SECONDS;
  if (scaled(5) === 0) return 'Pyrra rounds its shortest window to nothing below 67h12m';
  const tier = (kind: Kind, long: number, short: number, burn: string, wait: number) => ({
    ...factor(kind, scaled(long), scaled(short), burn),
    forSeconds: scaled(wait),
  });
  return [
    tier('page', 60, 5, '14', 2),
    tier('page', 360, 30, '7', 15),
    tier('ticket', 1_440, 120, '2', 60),
    tier('ticket', 5_760, 360, '1', 180),
  ];
}

function share(kind: Kind, longSeconds: number, shortSeconds: number, text: string): RehearsedTier {
  return { kind, severity: null, longSeconds, shortSeconds, fires: { share: text }, forSeconds: 0 };
}

function factor(
  kind: Kind,
  longSeconds: number,
  shortSeconds: number,
  text: string,
): RehearsedTier {
  return {
    kind,
    severity: null,
    longSeconds,
    shortSeconds,
    fires: { factor: text },
    forSeconds: 0,
  };
}
