import { useEffect, useState } from 'preact/hooks';
import { told } from '../../figures/told';
import { Field } from '../../kit/field';
import { say } from '../../words/say';
import { choose } from './choice';
import { LAST_STOP, objectiveAt, ratioOf, readObjective, stopOf } from './objective-scale';
import { WORDS } from './words';

interface Props {
  /** Null for the SLO's own. */
  readonly objective: string | null;
  readonly own: string;
}

/** An objective by a slider, and typed: either follows the other. */
export function ObjectiveField({ objective, own }: Props) {
  const words = say(WORDS);
  const ratio = ratioOf(objective ?? own);
  const text = told.value.objective(ratio).replace(/\s*%$/, '');
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && readObjective(typed) === null;
  useEffect(() => {
    setTyped((now) => (now !== null && readObjective(now) === objective ? now : null));
  }, [objective]);
  return (
    <>
      <Field label={words.slider}>
        <input
          type="range"
          min={0}
          max={LAST_STOP}
          step={1}
          value={stopOf(ratio)}
          aria-valuetext={told.value.objective(ratio)}
          onInput={(event) => {
            setTyped(null);
            choose({ objective: objectiveAt(Number(event.currentTarget.value)) });
          }}
        />
      </Field>
      <Field
        label={words.typed}
        hint={words.typedHint}
        problem={wrong ? words.notAnObjective(typed) : null}
      >
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? text}
          onInput={(event) => {
            const { value } = event.currentTarget;
            setTyped(value);
            const read = readObjective(value);
            if (read !== null) choose({ objective: read });
          }}
        />
      </Field>
    </>
  );
}
