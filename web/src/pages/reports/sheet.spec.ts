import { stylesOfShadow, withoutStyles } from './sheet';

describe("a report's styles in a shadow root", () => {
  it.each([
    [':root { color: red; }', ':host { color: red; }'],
    ['html, body { margin: 0 }', ':host, .sheet { margin: 0 }'],
    ['a{}body{margin:0}', 'a{}.sheet{margin:0}'],
    ['@media print { body { padding: 0; } }', '@media print { .sheet { padding: 0; } }'],
    ['tbody th, .body { }', 'tbody th, .body { }'],
    ['@import url(https://elsewhere.example/a.css); p { }', ' p { }'],
  ])('are those of the box that it is shown in: %s', (styles, expected) => {
    expect(stylesOfShadow(styles)).toBe(expected);
  });
});

it("a report's styles are taken out before it is parsed", () => {
  const html = '<head><title>a</title><style>p { color: red; }</style></head><p>&lt;style></p>';
  expect(withoutStyles(html)).toEqual({
    styles: 'p { color: red; }',
    rest: '<head><title>a</title></head><p>&lt;style></p>',
  });
});
