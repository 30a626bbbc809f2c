/** What the dashboard may import; part of the table of rooms in .dependency-cruiser.cjs. */
const SPEC = '\\.spec\\.ts$';
/** What the browser loads; all of it is built in, so that they are development packages. */
const PACKAGES = [
  ...['preact', '@preact/signals', 'uplot'],
  // The editor of definitions, loaded with it.
  ...['@codemirror/[a-z-]+', '@lezer/(common|highlight)', '@prometheus-io/lezer-promql'],
];
/** Where the service says what it answers. The paths of the dashboard are one list for both. */
const TYPES_OF_ANSWERS = [
  '^src/.+view[^/]*\\.ts$',
  '^src/.+\\.dto\\.ts$',
  '^src/reports/report\\.ts$',
  '^src/http/dashboard-paths\\.ts$',
];

module.exports = [
  {
    name: 'web-rooms',
    severity: 'error',
    comment: 'The dashboard imports itself, and of the service only the types of what it answers.',
    from: { path: '^web/src/' },
    to: { pathNot: ['^web/src/', '^node_modules/', ...TYPES_OF_ANSWERS] },
  },
  {
    name: 'web-only-types',
    severity: 'error',
    comment: 'What the service answers is known by its types; its code stays out of the browser.',
    from: { path: '^web/src/', pathNot: SPEC },
    to: { path: '^src/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'web-packages',
    severity: 'error',
    comment: `The dashboard may import the packages: ${PACKAGES.join(', ')}.`,
    from: { path: '^web/src/', pathNot: SPEC },
    to: { path: '^node_modules/', pathNot: `^node_modules/(${PACKAGES.join('|')})/` },
  },
  {
    name: 'web-for-itself',
    severity: 'error',
    comment: 'Nothing outside the dashboard imports it.',
    from: { pathNot: '^web/' },
    to: { path: '^web/src/' },
  },
  {
    name: 'no-dead-code-in-web',
    severity: 'error',
    comment: 'Whatever the browser may load is reachable from what starts it.',
    from: { path: '^web/src/main\\.tsx$' },
    to: {
      path: '^web/src/.+\\.tsx?$',
      pathNot: [SPEC, '^web/src/main\\.tsx$'],
      reachable: false,
    },
  },
];
