import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import type { SloRow } from '../../../../src/slos/view-types';
import { useSloRows } from '../../api/slo-rows';
import { Times } from '../../exclusions/times';
import { told } from '../../figures/told';
import { Dialog } from '../../kit/dialog';
import { Note } from '../../kit/section';
import { SloLink } from '../../kit/slo-name';
import { Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import { WORDS } from './words';

/** Raw beside adjusted, of every SLO whose window it touches now. */
export function Details({
  exclusion,
  onClose,
}: {
  readonly exclusion: ExclusionView;
  readonly onClose: () => void;
}) {
  const words = say(WORDS);
  const answer = useSloRows();
  return (
    <Dialog title={words.detailsOf} onClose={onClose}>
      <p>{exclusion.reason}</p>
      <Note>{words.detailsAbout}</Note>
      <Shown of={answer}>
        {(rows) => (
          <Touched
            rows={rows.filter(({ exclusions }) => exclusions.some(({ id }) => id === exclusion.id))}
          />
        )}
      </Shown>
      {exclusion.rrule !== null && <Times exclusion={exclusion} />}
    </Dialog>
  );
}

function Touched({ rows }: { readonly rows: readonly SloRow[] }) {
  const words = say(WORDS);
  const said = told.value;
  const { figures } = words;
  if (rows.length === 0) return <Note>{words.untouched}</Note>;
  return (
    <Table
      caption={words.detailsOf}
      rows={rows}
      keyOf={({ slo, group }) => sloPath(slo, group)}
      columns={[
        {
          key: 'slo',
          title: figures.slo,
          isName: true,
          cell: ({ slo, group }) => <SloLink slo={slo} group={group} />,
        },
        {
          key: 'raw',
          title: figures.raw,
          isFigure: true,
          cell: ({ raw }) => said.remaining(raw.remainingRatio),
        },
        {
          key: 'adjusted',
          title: figures.adjusted,
          isFigure: true,
          cell: ({ budget }) => <strong>{said.remaining(budget.remainingRatio)}</strong>,
        },
        {
          key: 'sli',
          title: figures.sli,
          isFigure: true,
          cell: ({ raw, objective }) => said.sli(raw.sli, objective),
        },
        {
          key: 'adjustedSli',
          title: figures.adjustedSli,
          isFigure: true,
          cell: ({ sli, objective }) => said.sli(sli, objective),
        },
      ]}
    />
  );
}
