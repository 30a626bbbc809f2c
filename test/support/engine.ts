import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrometheusOptions, startPrometheus } from './prometheus';
import { type WrittenSeries, remoteWriteSideBySide } from './remote-write';
import { startOnFreePort } from './server-process';

/** A server that answers PromQL, whoever made it. */
export interface RunningEngine {
  readonly kind: 'prometheus' | 'victoria-metrics';
  readonly url: string;
  /** Writes long series, and returns once queries see them. */
  write(series: readonly WrittenSeries[]): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * The engine that a run is about: VictoriaMetrics where its binary is named, else Prometheus.
 *
 * @param options what VictoriaMetrics needs no word of, such as taking samples out of their order
 */
export async function startEngine(
  options: Pick<PrometheusOptions, 'config'> = {},
): Promise<RunningEngine> {
  const victoriaMetrics = process.env['VICTORIA_METRICS_BIN'];
  if (victoriaMetrics !== undefined) return startVictoriaMetrics(victoriaMetrics);
  const prometheus = await startPrometheus(options);
  const { url } = prometheus;
  return {
    kind: 'prometheus',
    url,
    write: (series) => remoteWriteSideBySide(url, series),
    dispose: () => prometheus.dispose(),
  };
}

/** As people run it: nothing that changes an answer is set but how long data are kept. */
async function startVictoriaMetrics(binary: string): Promise<RunningEngine> {
  const home = await mkdtemp(join(tmpdir(), 'slowburn-victoria-metrics-'));
  const dropHome = () => rm(home, { recursive: true, force: true });
  const server = await startOnFreePort((port) => ({
    binary,
    variable: 'VICTORIA_METRICS_BIN',
    port,
    flags: [
      `-storageDataPath=${home}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=400d',
    ],
    readyLine: 'started VictoriaMetrics',
    readyPath: '/health',
  })).catch(async (error: unknown) => {
    await dropHome();
    throw error;
  });
  return {
    kind: 'victoria-metrics',
    url: server.url,
    write: async (series) => {
      await remoteWriteSideBySide(server.url, series);
      const flushed = await fetch(`${server.url}/internal/force_flush`);
      if (!flushed.ok) throw new Error(`flush refused: ${await flushed.text()}`);
    },
    dispose: async () => {
      await server.end('SIGTERM');
      await dropHome();
    },
  };
}
