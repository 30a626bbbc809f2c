import pLimit from 'p-limit';
import { sum } from './statistics';
import type { Question } from './recording-source';

export interface Cost {
  readonly queries: number;
  readonly seconds: number;
  /** Samples that the queries looked at, as Prometheus counts them. */
  readonly samples: number;
  /** What Prometheus says that computing took, without reading the question or writing the answer. */
  readonly evaluationSeconds: number;
}

interface Stats {
  readonly timings: { readonly evalTotalTime: number };
  readonly samples: { readonly totalQueryableSamples: number };
}

/** Asking for label sets reads the index and no samples. */
const NO_STATS: Stats = { timings: { evalTotalTime: 0 }, samples: { totalQueryableSamples: 0 } };

/** Asks some questions and has Prometheus count what each of them reads. */
export async function costOf(
  prometheusUrl: string,
  questions: readonly Omit<Question, 'milliseconds'>[],
  inFlight = 1,
): Promise<Cost> {
  const limit = pLimit(inFlight);
  const started = performance.now();
  const stats = await Promise.all(
    questions.map((question) => limit(() => statsOf(prometheusUrl, question))),
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    queries: questions.length,
    seconds,
    samples: sum(stats.map(({ samples }) => samples.totalQueryableSamples)),
    evaluationSeconds: sum(stats.map(({ timings }) => timings.evalTotalTime)),
  };
}

async function statsOf(
  prometheusUrl: string,
  { api, parameters }: Omit<Question, 'milliseconds'>,
): Promise<Stats> {
  const answer = await fetch(`${prometheusUrl}/api/v1/${api}`, {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, stats: 'all' }),
  });
  if (!answer.ok) throw new Error(`${JSON.stringify(parameters)}: ${await answer.text()}`);
  const body = (await answer.json()) as { readonly data: { readonly stats?: Stats } };
  return body.data.stats ?? NO_STATS;
}
