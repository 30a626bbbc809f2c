import { request as askServer, type RequestListener } from 'node:http';
import { bodyOf } from './odd-server';

export type Treatment = 'answer' | 'refuse' | 'hang';

const REFUSAL = JSON.stringify({
  status: 'error',
  errorType: 'execution',
  error: 'expanding series: the chunk is corrupt',
});

/**
 * Stands before a real server: hands questions on, but for those that are to be refused as Prometheus
 * refuses what it cannot compute, or never answered.
 */
export function faultyProxy(
  server: string,
  treatmentOf: (query: string) => Treatment,
): RequestListener {
  return (request, response) => {
    void bodyOf(request).then((form) => {
      const treatment = treatmentOf(form.get('query') ?? '');
      if (treatment === 'hang') return;
      if (treatment === 'refuse') {
        response.writeHead(422, { 'content-type': 'application/json' }).end(REFUSAL);
        return;
      }
      const { method, headers, url = '/' } = request;
      const length = Buffer.byteLength(form.toString());
      const passedOn = { ...headers, 'content-length': String(length) };
      const onwards = askServer(new URL(url, server), { method, headers: passedOn }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onwards.on('error', () => response.writeHead(502).end());
      onwards.end(form.toString());
    });
  };
}
