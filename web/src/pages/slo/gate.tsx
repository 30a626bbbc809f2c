import type { GateView } from '../../../../src/slos/gate-view.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { classes } from '../../kit/classes';
import { Icon, type IconName } from '../../kit/icons';
import { Shown } from '../../kit/states';
import { say } from '../../words/say';
import { askedPath, type Asking } from './address';
import { gateReason } from './gate-text';
import { GATE_WORDS } from './gate-words';
import css from './head.module.css';

/** Whether the policy lets one deploy, and why. */
export function Gate({ asking }: { readonly asking: Asking }) {
  const words = say(GATE_WORDS);
  const gate = useAnswer<GateView>(askedPath(asking, 'gate', { closed: '200' }), { follows: tick });
  return (
    <section class={css['fact']} aria-labelledby="gate">
      <h2 id="gate" class={css['name']}>
        {words.title}
      </h2>
      <Shown of={gate}>{(view) => <Decision view={view} />}</Shown>
    </section>
  );
}

function Decision({ view }: { readonly view: GateView }) {
  const words = say(GATE_WORDS);
  const figures = told.value;
  const { state, group, mayDeploy, reasons, override } = view;
  const answer =
    state === 'unknown'
      ? words.states[mayDeploy ? 'unknownYes' : 'unknownNo']
      : words.states[state];
  const texts = new Set(
    reasons.map((reason) =>
      // Of the group that was asked for nobody has to be told.
      gateReason(reason, group === null, words, figures),
    ),
  );
  return (
    <>
      <p class={classes(css['answer'], mayDeploy ? css['yes'] : css['no'])}>
        <Icon name={iconOf(view)} />
        {answer}
      </p>
      {[...texts].map((text) => (
        <p key={text}>
          <bdi>{text}</bdi>
        </p>
      ))}
      {override !== null && (
        <p>
          <bdi>
            {words.overriddenBy(
              override.by,
              figures.nearInstant(override.expiresAt),
              override.reason,
            )}
          </bdi>
        </p>
      )}
    </>
  );
}

function iconOf({ state, mayDeploy }: GateView): IconName {
  if (!mayDeploy) return 'exhausted';
  return state === 'open' ? 'healthy' : 'at_risk';
}
