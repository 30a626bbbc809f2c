import * as fc from 'fast-check';
import { anyCharacters } from '../../../../test/support/any-text';
import { attribute, elementsOf, textOf } from '../../../../test/support/read-html';
import { markup } from './markup';

describe('markup', () => {
  it('escapes whatever is not markup, in texts and attributes', () => {
    const { text } = markup`<p title="${`"><b>'&`}">${'<b>&amp;'}${[markup`<br>`, '<']}</p>`;
    expect(text).toBe('<p title="&quot;&gt;&lt;b&gt;&#39;&amp;">&lt;b&gt;&amp;amp;<br>&lt;</p>');
  });

  it('lets any text through unharmed, and nothing out of its place', () => {
    const text = anyCharacters().filter((one) => !/[\r\0]/.test(one));
    fc.assert(
      fc.property(text, text, (title, inner) => {
        const elements = elementsOf(markup`<p title="${title}">${inner}</p>`.text);
        const [p, ...more] = elements.filter(({ tagName }) => tagName === 'p');
        expect([elements.length, more]).toEqual([4, []]);
        expect(p && [attribute(p, 'title'), textOf(p)]).toEqual([title, inner]);
      }),
    );
  });
});
