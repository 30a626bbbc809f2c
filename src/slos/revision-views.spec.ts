import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { specOf } from '../ledger/definition-spec';
import { revisionOf } from '../ledger/revision';
import { revisionViews } from './revision-views';

const first = sloWith();
const stricter = sloWith({ objective: '0.9995' });
const counted = sloWith({ objective: '0.9995', groupBy: ['zone'] });

const DAY = 86_400;

/** A revision a day, oldest first as they are given. */
function told(...slos: readonly Slo[]) {
  const revisions = slos.map((slo, k) => ({
    validFrom: k * DAY,
    validTo: k === slos.length - 1 ? null : (k + 1) * DAY,
    counted: revisionOf(slo),
    objective: slo.objective.text,
    spec: specOf(slo),
    origin: 'api',
    slo: `${slo.service}/${slo.name}`,
    actor: 'token:ana',
    requestId: `request-${k}`,
  }));
  return revisionViews(revisions.reverse());
}

describe('the revisions of an SLO', () => {
  it('say who changed what, and when', () => {
    expect(told(first, stricter)).toMatchObject([
      {
        from: '1970-01-02T00:00:00Z',
        to: null,
        by: 'token:ana',
        requestId: 'request-1',
        changes: [{ field: 'objective', before: '0.999', after: '0.9995' }],
      },
      { from: '1970-01-01T00:00:00Z', to: '1970-01-02T00:00:00Z', changes: [] },
    ]);
  });

  it('say whether counting went on, began, or went on where it had stopped', () => {
    const views = told(first, stricter, counted, first);
    expect(views.map(({ stream }) => stream)).toEqual(['resumed', 'new', 'kept', 'new']);
  });

  it('show a new name as a change like any other', () => {
    const [newest] = told(first, sloWith({ name: 'errors', renamedFrom: 'shop/api-errors' }));
    expect(newest?.slo).toBe('shop/errors');
    expect(newest?.changes).toEqual([
      { field: 'name', before: 'api-errors', after: 'errors' },
      { field: 'renamedFrom', before: null, after: 'shop/api-errors' },
    ]);
  });
});
