import { alertKey, type StoredAlert } from '../../src/alerting/alert';
import { transitions } from '../../src/alerting/judge';
import type { Group, Slo } from '../../src/domain/slo';
import { Board } from '../../src/evaluation/board';
import { Evaluator } from '../../src/evaluation/evaluator';
import { Exposition } from '../../src/metrics/exposition';
import { SloExposition } from '../../src/metrics/slo-exposition';
import { MemoryDefinitionHistory } from './definition-history';
import { MemoryFiring } from './memory-firing';
import { MemoryLedger, type Written } from './memory-ledger';

const MINUTE = 60;
export const LINKS = {
  externalUrl: 'https://slo.example',
  runbookBaseUrl: 'https://git.example',
};

/** What the service said at the end of a minute. */
export interface JudgedMinute {
  /** Alerts that are open and sent. */
  readonly open: readonly StoredAlert[];
  /** Of `/metrics`: values by metric and labels. */
  readonly samples: ReadonlyMap<string, string>;
}

/** A stream that a scenario fills: what each minute counted, group after group. */
export interface ScenarioStream {
  readonly group: Group;
  readonly minutes: readonly Written[];
}

/**
 * Judges an SLO minute by minute, as ticks do: the ledger's points, the evaluator's figures, the
 * alerts that begin and end.
 */
export async function judgedMinutes(
  slo: Slo,
  start: number,
  streams: readonly ScenarioStream[],
  scale = 1n,
): Promise<readonly JudgedMinute[]> {
  const ledger = new MemoryLedger();
  const filled = streams.map(({ group }) => ledger.begin(slo, start, { group, scale }));
  const board = new Board();
  const firing = new MemoryFiring();
  const history = new MemoryDefinitionHistory();
  const evaluator = new Evaluator(ledger, board, () => 0, history, firing);
  const exposition = new SloExposition([]);
  const judged: JudgedMinute[] = [];
  let open: readonly StoredAlert[] = [];
  for (let minute = 0; minute < (streams[0]?.minutes.length ?? 0); minute += 1) {
    filled.forEach((stream, k) => {
      stream.step(MINUTE, streams[k]?.minutes[minute] ?? { good: 0, coveredSeconds: 0 });
    });
    const at = start + (minute + 1) * MINUTE;
    await evaluator.evaluate([slo], at);
    const { figures } = board.current();
    const { begun, ended } = transitions(
      open.map((alert) => ({ ...alert, key: alertKey(alert) })),
      figures,
      at,
      LINKS,
      {
        neverSeenFor: () => at - start,
        isBeingRead: () => false,
      },
    );
    const over = new Set(ended.map(({ id }) => id));
    const fresh = begun.map((alert, k) => {
      return { ...alert, id: `${minute}-${k}`, endedAt: null, endedBy: null, atEnd: null };
    });
    open = [...open.filter(({ id }) => !over.has(id)), ...fresh];
    firing.keep(figures);
    const out = new Exposition('prometheus');
    exposition.write(out, figures);
    judged.push({
      open: open.filter(({ heldBy }) => heldBy === null),
      samples: samplesOf(out.text()),
    });
  }
  return judged;
}

function samplesOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)];
    }),
  );
}
