import { type ChainLink, verifyChain } from './chain';
import { hashOf } from './report-archive';

interface Kept extends ChainLink {
  readonly content: string;
}

const ZONE = 'Europe/Lisbon';

function kept(month: string, revision: number, before: Kept | null, timeZone = ZONE): Kept {
  const previousHash = before?.hash ?? null;
  const link = { month, timeZone, revision, previousHash };
  const content = JSON.stringify({ ...link, hash: null, bad: 7 });
  return { ...link, content, hash: hashOf(previousHash, content) };
}

/** August; September, which was corrected; October, chained to the correction; another zone. */
function chain(): Kept[] {
  const august = kept('2026-08', 1, null);
  const september = kept('2026-09', 1, august);
  const corrected = kept('2026-09', 2, august);
  const october = kept('2026-10', 1, corrected);
  return [october, corrected, september, august, kept('2026-10', 1, null, 'Asia/Tokyo')];
}

function verdictOn(links: readonly Kept[]) {
  return verifyChain(links, (link) =>
    Promise.resolve(links.find(({ hash }) => hash === link.hash)?.content ?? null),
  );
}

describe('the chain of closed reports', () => {
  it('fits as long as nobody changes anything', async () => {
    expect(await verdictOn(chain())).toEqual({ checked: 5, fault: null });
    expect(await verdictOn([])).toEqual({ checked: 0, fault: null });
  });

  it('fits where a month was corrected after a later one was closed, and closed after it', async () => {
    const august = kept('2026-08', 1, null);
    const late = kept('2026-07', 1, null);
    const links = [kept('2026-09', 1, august), kept('2026-08', 2, late), august, late];
    expect((await verdictOn(links)).fault).toBeNull();
  });

  const change = (month: string, revision: number, to: (link: Kept) => Kept | null) =>
    chain().flatMap((link) => {
      const is = link.month === month && link.revision === revision && link.timeZone === ZONE;
      return is ? (to(link) ?? []) : link;
    });
  const forged = (link: Kept): Kept => {
    const content = link.content.replace('"bad":7', '"bad":0');
    return { ...link, content, hash: hashOf(link.previousHash, content) };
  };

  it.each([
    [
      'a figure is changed',
      change('2026-09', 1, (link) => ({ ...link, content: link.content.replace('7', '0') })),
      ['2026-09', 1, 'its content does not fit its hash'],
    ],
    [
      'a figure is changed, and the hash with it',
      change('2026-09', 2, forged),
      [
        '2026-10',
        1,
        expect.stringMatching(/^the earlier report [0-9a-f]{12} .* is missing or was/),
      ],
    ],
    [
      'a figure is changed to no JSON, and the hash with it',
      change('2026-10', 1, (link) => {
        return { ...link, content: '{', hash: hashOf(link.previousHash, '{') };
      }),
      ['2026-10', 1, 'its content is no report'],
    ],
    ['a month is deleted', change('2026-08', 1, () => null), ['2026-09', 1, expect.any(String)]],
    [
      'a revision is deleted',
      change('2026-09', 1, () => null),
      ['2026-09', 2, 'revision 1 is missing'],
    ],
    [
      'a report is told as that of another month',
      change('2026-10', 1, (link) => ({ ...link, month: '2026-11' })),
      ['2026-11', 1, 'its content is that of another report: month differs'],
    ],
    [
      'a report is taken off the chain',
      change('2026-10', 1, (link) => ({ ...link, previousHash: null })),
      ['2026-10', 1, 'its content does not fit its hash'],
    ],
  ])('does not fit where %s', async (_what, links, [month, revision, reason]) => {
    const { fault } = await verdictOn(links);
    expect(fault).toMatchObject({ month, revision, reason });
  });
});
