import type { Signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Icon } from '../kit/icons';
import { me, signOut } from '../session/session';
import { Button } from '../kit/button';
import { LANGUAGES } from '../settings/language';
import { language, theme, THEMES, zone, ZONES } from '../settings/settings';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import css from './settings-menu.module.css';

/** Each in its own language: who cannot read the page finds it all the same. */
const LANGUAGE_NAMES = { en: 'English', pt: 'Português' } as const;

/** Who one is, and how one wants to see it. */
export function SettingsMenu() {
  const words = say(COMMON);
  return (
    <>
      <Button kind="quiet" aria-label={words.settings} popovertarget="settings" class={css['open']}>
        <Icon name="settings" />
      </Button>
      <div id="settings" popover="auto" class={css['menu']}>
        <Choice title={words.theme} names={words.themes} values={THEMES} choice={theme} />
        <Choice
          title={words.language}
          names={LANGUAGE_NAMES}
          values={LANGUAGES}
          choice={language}
        />
        <Choice title={words.zone} names={words.zones} values={ZONES} choice={zone} />
        <Myself />
      </div>
    </>
  );
}

function Myself() {
  const words = say(COMMON);
  if (me.value === null) return null;
  const { auth, id, name, role } = me.value;
  if (auth === 'none') return <p class={css['me']}>{words.everybody}</p>;
  return (
    <div class={css['me']}>
      <span>{words.signedInAs(name ?? id, words.roles[role])}</span>
      <Button onClick={signOut}>{words.signOut}</Button>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly title: string;
  readonly names: Readonly<Record<T, string>>;
  readonly values: readonly T[];
  readonly choice: Signal<T>;
}

function Choice<T extends string>({ title, names, values, choice }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset class={css['choice']}>
      <legend>{title}</legend>
      <div class={css['values']}>
        {values.map((value) => (
          <label key={value} class={css['value']}>
            <input
              type="radio"
              class="unseen"
              name={name}
              checked={choice.value === value}
              onChange={() => {
                choice.value = value;
              }}
            />
            <span>{names[value]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
