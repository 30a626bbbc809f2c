import { sum } from './statistics';
import type { Question } from './recording-source';

export interface Cost {
  readonly queries: number;
  readonly seconds: number;
  /** Samples that the queries looked at, as Prometheus counts them. */
  readonly samples: number;
}

/** Asks one question after the other and has Prometheus count what each of them reads. */
export async function costOf(
  prometheusUrl: string,
  questions: readonly Omit<Question, 'milliseconds'>[],
): Promise<Cost> {
  const started = performance.now();
  const samples: number[] = [];
  for (const question of questions) samples.push(await samplesOf(prometheusUrl, question));
  const seconds = (performance.now() - started) / 1000;
  return { queries: questions.length, seconds, samples: sum(samples) };
}

async function samplesOf(
  prometheusUrl: string,
  { api, parameters }: Omit<Question, 'milliseconds'>,
): Promise<number> {
  const answer = await fetch(`${prometheusUrl}/api/v1/${api}`, {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, stats: 'all' }),
  });
  if (!answer.ok) throw new Error(`${JSON.stringify(parameters)}: ${await answer.text()}`);
  const body = (await answer.json()) as {
    readonly data: { readonly stats?: { readonly samples: { totalQueryableSamples: number } } };
  };
  // Asking for label sets reads the index and no samples.
  return body.data.stats?.samples.totalQueryableSamples ?? 0;
}
