import { useState } from 'preact/hooks';
import type { TokenPage, TokenView } from '../../../../src/auth/tokens.dto';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { Note, Section } from '../../kit/section';
import { MOST, ShowMore } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import css from './admin.module.css';
import { NewToken } from './new-token';
import { RevokeToken } from './revoke-token';
import { WORDS } from './words';

export function TokenSection() {
  const words = say(WORDS);
  const answer = useAnswer<TokenPage>(`/api/v1/tokens?limit=${String(MOST)}`);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  return (
    <Section
      title={words.tokens}
      aside={
        <Button
          kind="main"
          onClick={() => {
            setMaking(true);
          }}
        >
          {words.make}
        </Button>
      }
    >
      <Note>{words.tokensAbout}</Note>
      <Shown of={answer}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <>
              <Tokens rows={items} onRevoke={setRevoking} />
              <ShowMore cursor={nextCursor} limit={MOST} />
            </>
          )
        }
      </Shown>
      {isMaking && (
        <NewToken
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
      {revoking && (
        <RevokeToken
          token={revoking}
          onClose={() => {
            setRevoking(null);
          }}
        />
      )}
    </Section>
  );
}

interface TokensProps {
  readonly rows: readonly TokenView[];
  readonly onRevoke: (token: TokenView) => void;
}

function Tokens({ rows, onRevoke }: TokensProps) {
  const words = say(WORDS);
  const { roles } = say(COMMON);
  const { columns } = words;
  const figures = told.value;
  return (
    <Table
      caption={words.tokens}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', title: columns.name, isName: true, cell: ({ name }) => name },
        { key: 'role', title: columns.role, cell: ({ role }) => roles[role] },
        {
          key: 'state',
          title: columns.state,
          cell: ({ state }) => (
            <Tag {...(state === 'active' ? { tone: 'good', icon: 'healthy' } : { icon: 'close' })}>
              {words.states[state]}
            </Tag>
          ),
        },
        {
          key: 'made',
          title: columns.made,
          cell: ({ createdAt, createdBy }) => (
            <>
              {figures.instant(createdAt)}
              <span class={css['soft']}>{words.by(createdBy)}</span>
            </>
          ),
        },
        {
          key: 'expires',
          title: columns.expires,
          cell: ({ expiresAt }) => (expiresAt === null ? words.never : figures.instant(expiresAt)),
        },
        {
          key: 'used',
          title: columns.used,
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? words.never : figures.instant(lastUsedAt),
        },
        {
          key: 'do',
          title: <span class="unseen">{words.revoke}</span>,
          cell: (token) =>
            token.state === 'active' && (
              <Button
                kind="danger"
                aria-label={words.revokeOf(token.name)}
                onClick={() => {
                  onRevoke(token);
                }}
              >
                {words.revoke}
              </Button>
            ),
        },
      ]}
    />
  );
}
