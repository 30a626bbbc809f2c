import { defineConfig } from 'vite';

/** Where a service runs whose API `npm run web` talks to. */
const SERVICE = process.env.SLOWBURN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the service lets nothing in that is written into the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': SERVICE, '/docs': SERVICE, '/metrics': SERVICE } },
});
