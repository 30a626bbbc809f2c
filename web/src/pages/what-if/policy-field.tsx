import type { RehearsedPolicyView } from '../../../../src/slos/rehearsal-view-types';
import { Button } from '../../kit/button';
import { Field } from '../../kit/field';
import { Icon } from '../../kit/icons';
import { say } from '../../words/say';
import { type Choice, choose, OWN, POLICIES, type Policy } from './choice';
import { MOST_TIERS, type TypedTier } from './tiers-text';
import css from './what-if.module.css';
import { WORDS } from './words';

const USUAL: TypedTier = { kind: 'page', factor: '14.4', long: '1h', short: '5m', wait: '' };

interface Props {
  readonly choice: Choice;
  /** What is shown now: whoever begins tiers of their own begins with these. */
  readonly shown: RehearsedPolicyView;
}

/** A known policy, or tiers that are typed. */
export function PolicyField({ choice, shown }: Props) {
  const words = say(WORDS);
  return (
    <>
      <Field label={words.policy}>
        <select
          value={choice.policy}
          onChange={(event) => {
            const policy = event.currentTarget.value as Policy;
            choose({ policy, tiers: policy === OWN ? typedOf(shown) : [] });
          }}
        >
          {[...POLICIES, OWN].map((name) => (
            <option key={name} value={name}>
              {words.policies[name as Policy]}
            </option>
          ))}
        </select>
      </Field>
      {choice.policy === OWN && <Tiers tiers={choice.tiers} />}
    </>
  );
}

function typedOf({ tiers }: RehearsedPolicyView): readonly TypedTier[] {
  const typed = tiers.map(({ kind, factor, long, short, forSeconds }) => ({
    ...{ kind, long, short },
    factor: String(Number(factor.toPrecision(6))),
    wait: forSeconds === 0 ? '' : `${String(forSeconds)}s`,
  }));
  return typed.length === 0 ? [USUAL] : typed.slice(0, MOST_TIERS);
}

function Tiers({ tiers }: { readonly tiers: readonly TypedTier[] }) {
  const words = say(WORDS);
  const set = (k: number, change: Partial<TypedTier>) => {
    choose({ tiers: tiers.map((tier, other) => (other === k ? { ...tier, ...change } : tier)) });
  };
  return (
    <div class={css['tiers']} role="group" aria-label={words.tiers}>
      {tiers.map((tier, k) => (
        <fieldset key={k} class={css['tier']}>
          <legend>{words.tier(k + 1)}</legend>
          <Field label={words.kind}>
            <select
              value={tier.kind}
              onChange={(event) => {
                set(k, { kind: event.currentTarget.value as TypedTier['kind'] });
              }}
            >
              <option value="page">{words.kinds.page}</option>
              <option value="ticket">{words.kinds.ticket}</option>
            </select>
          </Field>
          {(['factor', 'long', 'short', 'wait'] as const).map((part) => (
            <Field key={part} label={words[part]}>
              <input
                type="text"
                autoComplete="off"
                spellcheck={false}
                placeholder={part === 'wait' ? '0s' : USUAL[part]}
                value={tier[part]}
                onInput={(event) => {
                  set(k, { [part]: event.currentTarget.value.trim() });
                }}
              />
            </Field>
          ))}
          <Button
            kind="quiet"
            class={css['remove']}
            aria-label={words.remove(k + 1)}
            disabled={tiers.length === 1}
            onClick={() => {
              choose({ tiers: tiers.filter((_, other) => other !== k) });
            }}
          >
            <Icon name="close" />
          </Button>
        </fieldset>
      ))}
      <Button
        disabled={tiers.length >= MOST_TIERS}
        onClick={() => {
          choose({ tiers: [...tiers, USUAL] });
        }}
      >
        {words.add}
      </Button>
    </div>
  );
}
