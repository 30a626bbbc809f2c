import type { Defined, PastDefinition } from '../../src/definitions/registry';
import { type CompositeSlo, isComposite, type Slo, sloId } from '../../src/domain/slo';
import { CompositeBook } from '../../src/evaluation/composite-book';
import { CompositeLedger } from '../../src/evaluation/composite-ledger';
import type { LedgerReader } from '../../src/ledger/ledger';
import { revisionOf } from '../../src/ledger/revision';
import type { ObjectiveSince } from '../../src/ledger/definition-history';
import type { Stream } from '../../src/ledger/stream';
import { MemoryDefinitionHistory } from './definition-history';
import { sloWith } from './slos';

type Different = Parameters<typeof sloWith>[0];

/** A composite of these SLOs, slices of five minutes unless told. */
export function compositeOf(
  method: CompositeSlo['sli']['method'],
  parts: readonly (
    Slo | { readonly slo: Slo; readonly weight?: string; readonly group?: Slo['labels'] }
  )[],
  { sliceSeconds = 300, ...different }: Different & { readonly sliceSeconds?: number } = {},
): CompositeSlo {
  const slo = sloWith({
    name: 'journey',
    sli: {
      kind: 'composite',
      method,
      sliceSeconds,
      parts: parts.map((told) => {
        const { slo: of, weight = '1', group = null } = 'slo' in told ? told : { slo: told };
        return { service: of.service, name: of.name, group, weight };
      }),
    },
    ...different,
  });
  if (!isComposite(slo)) throw new Error(`${sloId(slo)} is no composite`);
  return slo;
}

/** What is defined, was once, and how objectives changed; a test may change all of it. */
export class Definitions {
  defined: readonly Defined[] = [];
  readonly past = new Map<string, PastDefinition>();
  readonly changes = new Map<string, readonly ObjectiveSince[]>();

  define(...slos: readonly Slo[]): void {
    const place = { file: 'slos.yaml', line: 1, column: 1 };
    this.defined = slos.map((slo) => ({ slo, place, stale: false }));
  }

  /** A ledger in which the composites among them have streams. */
  over(ledger: LedgerReader): CompositeLedger {
    const registry = { current: () => ({ defined: this.defined, problems: [] }) };
    const past = {
      find: (service: string, name: string) =>
        Promise.resolve(this.past.get(`${service}/${name}`) ?? null),
    };
    const book = new CompositeBook(registry, past);
    return new CompositeLedger(ledger, book, new MemoryDefinitionHistory(this.changes));
  }
}

/** The one stream of a composite. */
export async function streamOf(ledger: LedgerReader, slo: Slo): Promise<Stream> {
  const streams = await ledger.streams([revisionOf(slo)]);
  const own = streams.filter(({ name }) => name === slo.name);
  const [stream] = own;
  if (stream === undefined || own.length > 1)
    throw new Error(`${own.length} streams of ${sloId(slo)}`);
  return stream;
}
