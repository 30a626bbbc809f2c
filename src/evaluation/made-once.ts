import type { Slo } from '../domain/slo';
import type { Figures } from './figures';

type Row = Pick<Figures, 'slo' | 'group'>;

/** Something made once for an SLO and group: definitions are replaced, never changed. */
export class MadeOnce<T> {
  private readonly made = new WeakMap<Slo, WeakMap<object, T>>();

  constructor(private readonly make: (row: Row) => T) {}

  of(row: Row): T {
    const { slo, group } = row;
    let ofSlo = this.made.get(slo);
    if (ofSlo === undefined) this.made.set(slo, (ofSlo = new WeakMap()));
    const known = ofSlo.get(group ?? slo);
    if (known !== undefined) return known;
    const made = this.make(row);
    ofSlo.set(group ?? slo, made);
    return made;
  }
}
