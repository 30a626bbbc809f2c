import { useRef, useState } from 'preact/hooks';
import type { DefinitionEntry } from '../../../../src/authoring/definition-views';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { MayNot } from '../../kit/button';
import { Page as Framed } from '../../kit/page';
import { Shown } from '../../kit/states';
import type { PageProps } from '../../router/page-props';
import { sloOf } from '../../router/slo-path';
import { may } from '../../session/session';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { Doctor } from './doctor';
import { CodeEditor } from './editor/code-editor';
import { Retire } from './retire';
import { StateBadges } from './state-badges';
import { openedWith, whenRead, whenSaved, whenTyped } from './version';
import { WORDS } from './words';
import { Workbench } from './workbench';

/** One definition: where it stands, what it says, and for those of the API how to change it. */
export function Page({ params }: PageProps) {
  const words = say(WORDS);
  const slo = sloOf(params);
  const answer = useAnswer<DefinitionEntry>(`/api/v1/definitions/${slo}`);
  return (
    <Framed
      title={slo}
      aside={
        <nav class={css['row']} aria-label={slo}>
          <a href="/definitions">{words.title}</a>
          <a href={`/slos/${slo}`}>{words.toSlo}</a>
          <a href={`/what-if/${slo}`}>{words.whatIf}</a>
        </nav>
      }
    >
      <Shown of={answer}>
        {(entry) => (
          <>
            <Facts of={entry} />
            <Text of={entry} />
            <Doctor slo={slo} />
          </>
        )}
      </Shown>
    </Framed>
  );
}

function Facts({ of }: { readonly of: DefinitionEntry }) {
  const words = say(WORDS);
  const { origin, file, line, revision, updatedAt, updatedBy, problems, inForce, stale } = of;
  return (
    <section class={css['card']}>
      <div class={css['row']}>
        <StateBadges of={of} />
      </div>
      {!inForce && <p>{words.notInForceText}</p>}
      {stale && <p>{words.staleText}</p>}
      <dl class={css['facts']}>
        <div>
          <dt>{words.origin}</dt>
          <dd>
            {file === null ? (
              words.originOf[origin]
            ) : (
              <bdi>{words.where(file, String(line ?? 1))}</bdi>
            )}
          </dd>
        </div>
        {updatedAt !== null && (
          <div>
            <dt>{words.changed}</dt>
            <dd>
              {told.value.instant(updatedAt)} <bdi>{words.by(updatedBy ?? '–')}</bdi>
            </dd>
          </div>
        )}
        {revision !== null && (
          <div>
            <dt>{words.revision}</dt>
            <dd>
              <code>{revision}</code>
            </dd>
          </div>
        )}
      </dl>
      {problems.length > 0 && (
        <ul class={css['warned']} aria-label={words.problems}>
          {problems.map((problem) => (
            <li key={problem}>
              <bdi>{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Text({ of }: { readonly of: DefinitionEntry }) {
  const words = say(WORDS);
  const { slo, file, text } = of;
  const version = useRef(openedWith(of.etag));
  version.current = whenRead(version.current, of.etag);
  const [, redraw] = useState(0);
  const { etag, opened } = version.current;
  if (file === null && etag !== null && may('editor')) {
    return (
      <>
        <Workbench
          key={`${slo} ${opened ?? ''}`}
          text={text}
          of={{ slo, etag }}
          onTyped={() => {
            version.current = whenTyped(version.current);
          }}
          onSaved={(changed) => {
            version.current = whenSaved(version.current, changed);
            redraw((count) => count + 1);
          }}
        />
        <div>
          <Retire slo={slo} etag={etag} />
        </div>
      </>
    );
  }
  return (
    <section class={css['part']}>
      <h2>{words.text}</h2>
      {file === null ? (
        <p>
          <MayNot role="editor" />
        </p>
      ) : (
        <p>
          <bdi>{words.fileOnly(file)}</bdi>
        </p>
      )}
      <CodeEditor key={`${slo} ${text}`} text={text} label={words.text} isReadOnly />
    </section>
  );
}
