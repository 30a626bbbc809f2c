import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A figure of an HTML report: the exact value, and the text beside it. */
export interface HtmlFigure {
  readonly path: string;
  readonly value: string;
  readonly text: string;
}

/** Every figure of it, with where it says that it stands in the JSON. */
export function htmlFigures(html: string): readonly HtmlFigure[] {
  const figures: HtmlFigure[] = [];
  const walk = (node: Node, path: string): void => {
    let inner = path;
    if ('tagName' in node) {
      const part = attribute(node, 'data-part');
      if (part !== undefined) inner = [path, part].filter((piece) => piece !== '').join('.');
      const of = attribute(node, 'data-of');
      if (of !== undefined) figures.push(figureOf(node, inner === '' ? of : `${inner}.${of}`));
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child, inner);
  };
  walk(parse(html), '');
  return figures;
}

/** All its elements. */
export function elementsOf(html: string): readonly Element[] {
  const within = (node: Node): readonly Element[] => [
    ...('tagName' in node ? [node] : []),
    ...('childNodes' in node ? node.childNodes.flatMap(within) : []),
  ];
  return within(parse(html));
}

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value;
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function figureOf(element: Element, path: string): HtmlFigure {
  const text = textOf(element);
  const exact = element.tagName === 'time' ? 'datetime' : 'value';
  return { path, text, value: attribute(element, exact) ?? text };
}
