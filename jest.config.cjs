// Nest 12 and several libraries are ESM-only, which jest on Node 20 cannot require: they are
// compiled to CommonJS like our own sources. The list is read off the dependencies themselves.
const { readdirSync, readFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');

function esmPackages(dir) {
  return readdirSync(dir).flatMap((name) => {
    if (name.startsWith('.')) return [];
    if (name.startsWith('@'))
      return esmPackages(join(dir, name)).map((inner) => `${name}/${inner}`);
    const manifest = join(dir, name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module'
      ? [name]
      : [];
  });
}

const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser,
      keepClassNames: true,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFilesAfterEnv: [
    '<rootDir>/test/support/fixed-seed.ts',
    '<rootDir>/test/support/patience.ts',
  ],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [
    `/node_modules/(?!(${esmPackages(join(__dirname, 'node_modules')).join('|')})/)`,
  ],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/src/**/*.spec.ts',
        '<rootDir>/examples/**/*.spec.ts',
        '<rootDir>/test/golden/**/*.spec.ts',
        '<rootDir>/web/src/**/*.spec.ts',
      ],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'engines',
      testMatch: [
        '<rootDir>/test/engines/**/*.spec.ts',
        // On the installed Prometheus they are integration tests already.
        ...(process.env.ENGINES === 'short'
          ? []
          : [
              '<rootDir>/test/integration/counting-*.spec.ts',
              '<rootDir>/test/integration/lagging-target.spec.ts',
            ]),
      ],
    },
    {
      ...shared,
      displayName: 'alertmanagers',
      testMatch: ['<rootDir>/test/integration/alertmanager*.spec.ts'],
    },
    { ...shared, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'demo',
      testMatch: ['<rootDir>/test/demo/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/demo/start-demo.ts',
      globalTeardown: '<rootDir>/test/demo/stop-demo.ts',
    },
  ],
};
