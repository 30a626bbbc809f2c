import type { Episode } from '../domain/episode';
import type { Firing } from './replay';

/** What became of the episodes that spent a budget: who noticed them, and when. */
export interface Noticed {
  /** Episodes that a page told of, with the time from their beginning to it. */
  readonly paged: readonly { readonly episode: Episode; readonly detectionSeconds: number }[];
  /** Episodes that began while a page was firing. */
  readonly alreadyPaged: readonly Episode[];
  /** Episodes that nobody was woken for; whether a ticket told of them. */
  readonly unpaged: readonly { readonly episode: Episode; readonly ticketed: boolean }[];
}

/**
 * Which episodes the firings told of. A firing tells of an episode when it begins within it, or soon
 * after it, as long as the unbroken burn that set it off lies within the episode.
 */
export function noticedOf(episodes: readonly Episode[], firings: readonly Firing[]): Noticed {
  const pages = firings.filter(({ tier }) => tier.kind === 'page');
  const tickets = firings.filter(({ tier }) => tier.kind === 'ticket');
  const paged: Noticed['paged'][number][] = [];
  const alreadyPaged: Episode[] = [];
  const unpaged: Noticed['unpaged'][number][] = [];
  for (const episode of episodes) {
    const first = pages.find((page) => tellsOf(page, episode));
    if (isOpen(pages, episode)) alreadyPaged.push(episode);
    else if (first !== undefined) {
      paged.push({ episode, detectionSeconds: first.from - episode.from });
    } else {
      const ticketed =
        isOpen(tickets, episode) || tickets.some((ticket) => tellsOf(ticket, episode));
      unpaged.push({ episode, ticketed });
    }
  }
  return { paged, alreadyPaged, unpaged };
}

function isOpen(firings: readonly Firing[], { from }: Episode): boolean {
  return firings.some((firing) => firing.from <= from && (firing.to === null || firing.to > from));
}

function tellsOf({ from, detectionSeconds }: Firing, episode: Episode): boolean {
  if (from <= episode.from) return false;
  if (from <= episode.to) return true;
  if (detectionSeconds === null) return false;
  const burnedFrom = from - detectionSeconds;
  return burnedFrom >= episode.from && burnedFrom < episode.to;
}
