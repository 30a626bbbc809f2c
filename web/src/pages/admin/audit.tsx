import { useState } from 'preact/hooks';
import type { AuditEntryView, AuditPage } from '../../../../src/auth/audit.dto';
import { useAnswer } from '../../api/answers';
import { ask } from '../../api/client';
import { useSending } from '../../api/sending';
import { Button } from '../../kit/button';
import { Field } from '../../kit/field';
import { Beside } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { Note, Section } from '../../kit/section';
import { Shown } from '../../kit/states';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import { AuditList } from './audit-list';
import { WORDS } from './words';

/** Who changed what, and who was not let through. */
export function Audit() {
  const words = say(WORDS);
  const wanted = new URLSearchParams({ limit: '50' });
  for (const name of ['actor', 'action']) {
    const value = query.value.get(name);
    if (value) wanted.set(name, value);
  }
  const path = `/api/v1/audit?${wanted.toString()}`;
  const answer = useAnswer<AuditPage>(path);
  return (
    <Section title={words.audit}>
      <Note>{words.auditAbout}</Note>
      <Beside>
        <Filter name="actor" label={words.filterActor} like="token:ci" />
        <Filter name="action" label={words.filterAction} like="refuse" />
      </Beside>
      <Shown of={answer}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Note>{words.noEntries}</Note>
          ) : (
            <Entries key={path} path={path} latest={items} next={nextCursor} />
          )
        }
      </Shown>
    </Section>
  );
}

interface FilterProps {
  readonly name: 'actor' | 'action';
  readonly label: string;
  readonly like: string;
}

function Filter({ name, label, like }: FilterProps) {
  return (
    <Field label={label} hint={`${say(WORDS).filterHint} ${like}.`}>
      <input
        value={query.value.get(name) ?? ''}
        onChange={({ currentTarget }) => {
          setQuery({ [name]: currentTarget.value.trim() || null });
        }}
      />
    </Field>
  );
}

interface EntriesProps {
  readonly path: string;
  readonly latest: readonly AuditEntryView[];
  readonly next: string | null;
}

function Entries({ path, latest, next }: EntriesProps) {
  const [older, setOlder] = useState<AuditPage | null>(null);
  const { isBusy, failure, run } = useSending();
  const cursor = older === null ? next : older.nextCursor;
  const all = new Map([...latest, ...(older?.items ?? [])].map((entry) => [entry.id, entry]));
  const more = () => {
    void run(async () => {
      const page = await ask<AuditPage>(`${path}&cursor=${encodeURIComponent(cursor ?? '')}`);
      setOlder({ items: [...all.values(), ...page.items], nextCursor: page.nextCursor });
    });
  };
  return (
    <>
      <AuditList entries={[...all.values()]} />
      {failure && <ProblemBox failure={failure} />}
      {cursor !== null && (
        <p>
          <Button disabled={isBusy} onClick={more}>
            {say(WORDS).older}
          </Button>
        </p>
      )}
    </>
  );
}
