import { useState } from 'preact/hooks';
import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { classes } from '../../kit/classes';
import type { IconName } from '../../kit/icons';
import { Table } from '../../kit/table';
import { Tag, type Tone } from '../../kit/tag';
import { may } from '../../session/session';
import { say } from '../../words/say';
import { Details } from './details';
import css from './exclusions.module.css';
import { Revoke } from './revoke';
import { When } from './when';
import { WORDS } from './words';

const LOOKS: Readonly<Record<ExclusionView['state'], { tone: Tone; icon?: IconName }>> = {
  active: { tone: 'warn', icon: 'at_risk' },
  planned: { tone: 'plain', icon: 'info' },
  past: { tone: 'plain' },
  revoked: { tone: 'plain', icon: 'close' },
};

export function ExclusionList({ rows }: { readonly rows: readonly ExclusionView[] }) {
  const words = say(WORDS);
  const { columns } = words;
  const [opened, setOpened] = useState<ExclusionView | null>(null);
  const [revoking, setRevoking] = useState<ExclusionView | null>(null);
  return (
    <>
      <Table
        caption={words.title}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'when',
            title: columns.when,
            isName: true,
            cell: (row) => <When exclusion={row} />,
          },
          { key: 'scope', title: columns.scope, cell: (row) => <Scope exclusion={row} /> },
          {
            key: 'treatment',
            title: columns.treatment,
            cell: ({ treatment }) => words.treatments[treatment],
          },
          { key: 'why', title: columns.why, cell: (row) => <Why exclusion={row} /> },
          {
            key: 'state',
            title: columns.state,
            cell: ({ state }) => <Tag {...LOOKS[state]}>{words.states[state]}</Tag>,
          },
          {
            key: 'do',
            title: <span class="unseen">{words.details}</span>,
            cell: (row) => (
              <span class={css['buttons']}>
                <Button
                  onClick={() => {
                    setOpened(row);
                  }}
                >
                  {words.details}
                </Button>
                {may('editor') && row.file === null && row.state !== 'revoked' && (
                  <Button
                    kind="danger"
                    onClick={() => {
                      setRevoking(row);
                    }}
                  >
                    {words.revoke}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {opened && (
        <Details
          exclusion={opened}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
      {revoking && (
        <Revoke
          exclusion={revoking}
          onClose={() => {
            setRevoking(null);
          }}
        />
      )}
    </>
  );
}

function Scope({ exclusion }: { readonly exclusion: ExclusionView }) {
  const { of } = say(WORDS);
  const { slo, service, label, group } = exclusion;
  return (
    <>
      {slo !== null && <a href={`/slos/${slo}`}>{of.slo(slo)}</a>}
      {service !== null && of.service(service)}
      {label !== null && of.label(label)}
      {Object.entries(group ?? {}).map(([name, value]) => (
        <span key={name} class={css['soft']}>
          {name}={value}
        </span>
      ))}
    </>
  );
}

function Why({ exclusion }: { readonly exclusion: ExclusionView }) {
  const words = say(WORDS);
  const { reason, author, file, state, revokedBy, revokedAt } = exclusion;
  return (
    <span class={css['reason']}>
      <span class={classes(state === 'revoked' && css['off'])}>{reason}</span>
      <span class={css['soft']}>{words.by(author)}</span>
      {file !== null && <span class={css['soft']}>{words.written(file)}</span>}
      {revokedBy !== null && (
        <span class={css['soft']}>{words.revokedBy(revokedBy, told.value.instant(revokedAt))}</span>
      )}
    </span>
  );
}
