import type { DoctorView } from '../../../../src/doctor/doctor-view-types';
import { ask } from '../../api/client';
import { Button } from '../../kit/button';
import { Icon } from '../../kit/icons';
import { Failed } from '../../kit/states';
import { say } from '../../words/say';
import { useAsking } from './asking';
import css from './definitions.module.css';
import { WORDS } from './words';

/** What the data source has against an SLO; asked when somebody wants it, since it asks much. */
export function Doctor({ slo }: { readonly slo: string }) {
  const words = say(WORDS);
  const checkup = useAsking<DoctorView>();
  const { state } = checkup;
  const [service = ''] = slo.split('/');
  return (
    <section class={css['part']}>
      <div>
        <Button
          disabled={state.kind === 'pending'}
          onClick={() => {
            const path = `/api/v1/doctor?service=${encodeURIComponent(service)}`;
            void checkup.start((signal) => ask<DoctorView>(path, signal));
          }}
        >
          {state.kind === 'pending' ? words.doctoring : words.doctor}
        </Button>
      </div>
      {state.kind === 'refused' && <Failed failure={state.failure} />}
      {state.kind === 'answered' && <Findings of={state.data} slo={slo} />}
    </section>
  );
}

function Findings({ of, slo }: { readonly of: DoctorView; readonly slo: string }) {
  const words = say(WORDS);
  const own = of.findings.filter((finding) => finding.slo === null || finding.slo === slo);
  return (
    <div role="status" class={css['part']}>
      <h2>{words.findings}</h2>
      {of.unfinished.includes(slo) && <p>{words.unfinished}</p>}
      {own.length === 0 ? (
        <p>{words.healthy}</p>
      ) : (
        <ol class={css['problems']} aria-label={words.findings}>
          {own.map(({ severity, check, path, message }, k) => (
            <li key={k}>
              <Icon
                name={severity === 'error' ? 'exhausted' : severity === 'info' ? 'info' : 'at_risk'}
                class={severity === 'error' ? css['error'] : css['warning']}
              />
              <span>
                <strong>{words.severities[severity]}</strong>{' '}
                <code>{path === '' ? check : path}</code> <bdi>{message}</bdi>
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
