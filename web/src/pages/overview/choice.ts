import { type Status, STATUSES } from '../../kit/status-order';

export const GROUPINGS = ['service', 'team', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const SORTS = ['worst', 'name', 'objective', 'sli', 'remaining', 'burn'] as const;
export type Sort = (typeof SORTS)[number];

/** What of the overview is shown, and how; all of it stands in the address. */
export interface Choice {
  readonly search: string;
  /** Empty for all. */
  readonly statuses: readonly Status[];
  readonly service: string | null;
  readonly team: string | null;
  /** Null lets the list decide. */
  readonly grouping: Grouping | null;
  readonly sort: Sort;
  readonly isDown: boolean;
}

/** What the address says; what it should not say is left aside. */
export function readChoice(query: URLSearchParams): Choice {
  const [sort, isDown] = sortOf(query.get('sort') ?? '');
  const wanted = (query.get('status') ?? '').split(',');
  return {
    search: query.get('q') ?? '',
    statuses: STATUSES.filter((status) => wanted.includes(status)),
    service: query.get('service'),
    team: query.get('team'),
    grouping: GROUPINGS.find((grouping) => grouping === query.get('group')) ?? null,
    sort,
    isDown,
  };
}

/** A column that is chosen again is turned round. */
export function sortText({ sort, isDown }: Pick<Choice, 'sort' | 'isDown'>, chosen: Sort): string {
  const turned = sort === chosen && !isDown;
  return turned ? `-${chosen}` : chosen;
}

function sortOf(text: string): readonly [Sort, boolean] {
  const isDown = text.startsWith('-');
  const sort = SORTS.find((one) => one === text.replace(/^-/, ''));
  return sort === undefined ? ['worst', false] : [sort, isDown];
}
