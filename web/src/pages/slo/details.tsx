import type { SloView } from '../../../../src/slos/view-types';
import { Tabs } from '../../kit/tabs';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import type { Asking } from './address';
import { Alerts } from './alerts';
import { Definition } from './definition';
import { Episodes } from './episodes';
import { Events } from './events';
import { Queries } from './queries';
import { WORDS } from './words';

const NAMES = ['episodes', 'alerts', 'events', 'definition', 'queries'] as const;
type Name = (typeof NAMES)[number];

interface Props {
  readonly view: SloView;
  readonly asking: Asking;
}

/** What stands below the charts; which of it stands in the address. */
export function Details({ view, asking }: Props) {
  const words = say(WORDS).tabs;
  const usual: Name = view.figures.length === 0 && !asking.isRetired ? 'queries' : 'episodes';
  const names = NAMES.filter((name) => name !== 'queries' || !asking.isRetired);
  const chosen = names.find((name) => name === query.value.get('tab')) ?? usual;
  return (
    <section aria-label={words.title}>
      <Tabs
        label={words.title}
        tabs={names.map((name) => ({ name, title: words[name] }))}
        chosen={chosen}
        onChoose={(name) => {
          setQuery({ tab: name === usual ? null : name });
        }}
      >
        {chosen === 'episodes' && <Episodes asking={asking} />}
        {chosen === 'alerts' && <Alerts asking={asking} />}
        {chosen === 'events' && <Events asking={asking} />}
        {chosen === 'definition' && <Definition view={view} />}
        {chosen === 'queries' && <Queries slo={view.slo} />}
      </Tabs>
    </section>
  );
}
