import { DAY_SECONDS, formatSeconds } from '../domain/duration';
import { windowName, windowSeconds } from '../domain/slo-window';
import { type AskedCounter, askedCounter, seriesOf } from './asked-counter';
import type { Examined } from './examined';
import type { Symptom } from './finding';

/** Instants at which a source that does not tell its retention is asked for its oldest samples. */
const LOOKS = 30;

/**
 * Whether the source still holds the whole SLO window, as long as the ledger does not: until it
 * does, the budget covers only what could be read.
 */
export async function checkRetention(examined: Examined): Promise<readonly Symptom[]> {
  const { slo, at, facts, now, ledgerSeconds } = examined;
  const wanted = windowSeconds(slo.window, now);
  if (ledgerSeconds >= wanted - DAY_SECONDS) return [];
  const told = await facts.retentionSeconds(at.datasource);
  if (told !== null) {
    return told >= wanted
      ? []
      : [tooShort(examined, `data source ${at.datasource} keeps ${span(told)}`)];
  }
  const asked = askedCounter(slo);
  const oldest = asked === null ? null : await oldestSample(examined, asked, wanted);
  if (asked === null || oldest === null || oldest <= now - wanted + 2 * (wanted / LOOKS)) return [];
  const value = `the oldest samples of ${seriesOf(asked.counter)} at data source ${at.datasource} are less than ${span(now - oldest + Math.floor(wanted / LOOKS))} old (it does not tell its retention)`;
  return [tooShort(examined, value)];
}

/** @returns epoch seconds, on the grid of the looks; null without any sample */
async function oldestSample(
  { at, now }: Examined,
  { counter }: AskedCounter,
  wanted: number,
): Promise<number | null> {
  const step = Math.floor(wanted / LOOKS);
  const [series] = await at.source.range(at.datasource, `count(${seriesOf(counter)})`, {
    from: now - step * LOOKS,
    to: now,
    stepSeconds: step,
  });
  return series?.at[0] ?? null;
}

function tooShort({ slo }: Examined, value: string): Symptom {
  const window = windowName(slo.window);
  return {
    check: 'retention-too-short',
    severity: 'warning',
    path: 'window',
    value: `${value}, and the ledger does not hold an SLO window of ${window} yet`,
    allowed: `${window} or more`,
    action:
      'nothing need be done: the budget covers what could be read and grows to the whole window, coverage says how far; to begin with all of it, keep samples for longer at the source',
  };
}

function span(seconds: number): string {
  return formatSeconds(
    seconds < DAY_SECONDS ? Math.floor(seconds / 60) * 60 : Math.floor(seconds / 3600) * 3600,
  );
}
