/** Elements that show and do nothing; whatever else a document holds is left out, with what is in it. */
const HARMLESS = new Set(
  [
    'a abbr article aside b bdi br caption code col colgroup data dd details div dl dt em figcaption figure',
    'footer h1 h2 h3 h4 h5 h6 header hr i li ol p pre s section small span strong sub summary sup',
    'table tbody td tfoot th thead time tr u ul',
    'svg g path rect line circle text tspan title desc polyline polygon defs pattern lineargradient stop clippath use',
  ]
    .join(' ')
    .split(' '),
);
/** What may fetch, send, or restyle. */
const ATTRIBUTES_LEFT_OUT =
  /^(on.*|style|src|srcset|action|formaction|ping|target|download|nonce|autofocus|slot|part|is|popover.*)$/i;

const STYLE = /<style>([^<]*)<\/style>/g;

/** A report that was parsed, fit to be shown inside of a page. */
export interface Sheet {
  readonly styles: string;
  readonly lang: string;
  readonly content: DocumentFragment;
}

/**
 * Takes a report's HTML apart: its styles for a style sheet of a shadow root, its body without
 * anything that runs, loads, sends or leads elsewhere. The document's own policy and the page's forbid
 * all that as well; here it is not even there. Parsing runs no script and loads nothing.
 */
export function sheetOf(html: string): Sheet {
  // Before it is parsed: what is parsed obeys the page's policy, which complains of a style element.
  const { styles, rest } = withoutStyles(html);
  const parsed = new DOMParser().parseFromString(rest, 'text/html');
  const lang = parsed.documentElement.lang;
  for (const element of [...parsed.body.querySelectorAll('*')]) clean(element);
  const content = document.createDocumentFragment();
  content.append(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  return { styles: stylesOfShadow(styles), lang, content };
}

/** Style elements taken out of HTML that the service wrote, in which text holds no `<`. */
export function withoutStyles(html: string): { readonly styles: string; readonly rest: string } {
  const styles = [...html.matchAll(STYLE)].map(([, text = '']) => text);
  return { styles: styles.join('\n'), rest: html.replace(STYLE, '') };
}

/** Its root and body become the box that it is shown in; it can reach nothing around that. */
export function stylesOfShadow(styles: string): string {
  return styles
    .replace(/(^|[\s,}])(?::root|html)(?=[\s,{])/g, '$1:host')
    .replace(/(^|[\s,}])body(?=[\s,{])/g, '$1.sheet')
    .replace(/@import[^;]*;/g, '');
}

function clean(element: Element): void {
  if (element.localName === 'main') {
    // The page has one already.
    element.replaceWith(...element.childNodes);
    return;
  }
  if (!HARMLESS.has(element.localName.toLowerCase())) {
    element.remove();
    return;
  }
  for (const { name, value } of [...element.attributes]) {
    const isLink = /(^|:)href$/i.test(name);
    if (ATTRIBUTES_LEFT_OUT.test(name) || (isLink && !value.startsWith('#'))) {
      element.removeAttribute(name);
    }
  }
}
