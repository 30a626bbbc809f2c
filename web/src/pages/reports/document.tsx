import { useEffect, useRef } from 'preact/hooks';
import { useAnswer } from '../../api/answers';
import { Shown } from '../../kit/states';
import { say } from '../../words/say';
import css from './reports.module.css';
import { sheetOf } from './sheet';
import { WORDS } from './words';

/**
 * The HTML report in the page. A frame could not send a token, and the page's policy forbids the styles
 * that are written into the document; those of a shadow root are made by script, and end at its edge.
 */
export function ReportDocument({ path }: { readonly path: string }) {
  const answer = useAnswer<string>(path);
  return <Shown of={answer}>{(html) => <Sheet html={html} />}</Shown>;
}

function Sheet({ html }: { readonly html: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const { styles, lang, content } = sheetOf(html);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const body = document.createElement('div');
    body.className = 'sheet';
    body.lang = lang;
    body.append(content);
    root.replaceChildren(body);
    const follow = (event: Event) => {
      followWithin(root, event);
    };
    root.addEventListener('click', follow);
    return () => {
      root.removeEventListener('click', follow);
    };
  }, [html]);
  return <div class={css['document']} ref={host} role="region" aria-label={say(WORDS).document} />;
}

/** The address knows nothing of places within a shadow root. */
function followWithin(root: ShadowRoot, event: Event): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const id = link?.getAttribute('href')?.slice(1);
  if (id === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const place = root.getElementById(id);
  place?.setAttribute('tabindex', '-1');
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}
