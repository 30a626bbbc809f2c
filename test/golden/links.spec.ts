import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ALERT_NAMES } from '../../src/alerting/alert';
import { ownRules } from '../../src/alerting/rules/own-rules';
import { readDefinitions } from '../../src/definitions/read-definitions';
import { checkQuery } from '../../src/promql/query-check';

const ROOT = resolve(__dirname, '../..');
/** What is generated or installed, and not ours to check. */
const FOREIGN = new Set(['node_modules', '.git', '.build', 'dist', 'data', 'coverage']);

describe('the documents of the repository', () => {
  const pages = filesBelow(ROOT).filter((file) => file.endsWith('.md'));

  it('are found', () => {
    expect(pages.map(inRepository)).toEqual(
      expect.arrayContaining(['README.md', 'docs/runbooks/README.md', 'deploy/README.md']),
    );
  });

  it('link to files, folders and headings that exist', () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !leadsSomewhere(page, link))
        .map((link) => `${inRepository(page)}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('can be reached from the README, all of them', () => {
    const reached = new Set([join(ROOT, 'README.md')]);
    for (const page of reached) {
      linksOf(page)
        .map((link) => target(page, link))
        .flatMap((path) => [path, join(path, 'README.md')])
        .filter((path) => pages.includes(path))
        .forEach((path) => reached.add(path));
    }
    const rest = pages.filter((page) => !reached.has(page)).map(inRepository);
    // The examples stand one folder below what the README links to.
    expect(rest.filter((page) => !/^examples\/[a-z]+\/README\.md$/.test(page))).toEqual([]);
  });
});

describe('the definitions in documents', () => {
  const texts = ['README.md', 'docs/definitions.md'].flatMap((page) =>
    blocksOf(join(ROOT, page), 'yaml').map((text, k) => ({ page, number: k + 1, text })),
  );

  it('are found', () => {
    expect(texts.length).toBeGreaterThan(8);
  });

  it.each(texts)('are good: $page, example $number', ({ page, text }) => {
    expect(readDefinitions(text, page).problems).toEqual([]);
  });
});

describe('the runbooks', () => {
  const folder = join(ROOT, 'docs/runbooks');
  const pages = readdirSync(folder).map((name) => join(folder, name));

  it('that SLOs of the examples name are there', () => {
    const named = filesBelow(join(ROOT, 'examples'))
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^\s*runbook: (\S+)$/gm)])
      .map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(20);
    expect([...new Set(named)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('that every alert on the service itself leads to are there, and name it', () => {
    const own = ownRules({ evaluationSeconds: 60, queryDelaySeconds: 30, links: null });
    expect(own.length).toBeGreaterThan(5);
    for (const { alert, annotations } of own) {
      const page = join(ROOT, annotations['runbook_url'] ?? 'nowhere');
      expect([
        alert,
        existsSync(page) && readFileSync(page, 'utf8').includes(`\`${alert}\``),
      ]).toEqual([alert, true]);
    }
  });

  it.each(Object.values(ALERT_NAMES))('have a page for %s, for SLOs that name none', (alert) => {
    const about = pages.filter((page) =>
      readFileSync(page, 'utf8').includes(`**For** \`${alert}\``),
    );
    expect(about.map(inRepository).join()).toContain('docs/runbooks/slo-');
  });

  it('ask queries that parse', () => {
    const queries = pages.flatMap((page) => blocksOf(page, 'promql'));
    expect(queries.length).toBeGreaterThan(20);
    for (const query of queries) {
      expect(() => {
        checkQuery(query);
      }).not.toThrow();
    }
  });

  it.each(
    pages.filter((page) => !page.endsWith('README.md')).map((page) => [inRepository(page), page]),
  )('say what it means, what to do and when it is over: %s', (_, page) => {
    const headings = headingsOf(page);
    for (const wanted of [/means/, /^look first$/, /^act$|what to do/, /^escalate$/, /over when/]) {
      expect(headings.some((heading) => wanted.test(heading.toLowerCase()))).toBe(true);
    }
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (FOREIGN.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Code blocks of a language; those of lists are indented. */
function blocksOf(page: string, language: string): readonly string[] {
  const block = new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^\\1\`\`\`$`, 'gm');
  return [...readFileSync(page, 'utf8').matchAll(block)].map(([, , text = '']) => text);
}

/** Relative links, of text and pictures, outside code. */
function linksOf(page: string): readonly string[] {
  return [...withoutCode(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function headingsOf(page: string): readonly string[] {
  return [...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
}

function withoutCode(page: string): string {
  return readFileSync(page, 'utf8')
    .replace(/^( *)```[^]*?^\1```$/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''));
}

function leadsSomewhere(page: string, link: string): boolean {
  const path = target(page, link);
  if (!existsSync(path)) return false;
  const [, anchor] = link.split('#');
  return anchor === undefined || headingsOf(path).map(anchorOf).includes(anchor);
}

function target(page: string, link: string): string {
  const [path = ''] = link.split('#');
  return path === '' ? page : resolve(dirname(page), path);
}

/** As hosting sites make it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-');
}

function inRepository(path: string): string {
  return relative(ROOT, path);
}
