/** Rows on a page; FAM's number, not negotiable. */
export const PAGE_SIZE = 20;

/** The page a query asks for: 1 or more; anything else is the first (reference §1.8). */
export function pageNumber(value: unknown): number {
  const page = typeof value === 'string' || typeof value === 'number' ? Number(value) : 1;
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

interface PageLink {
  readonly url: string | null;
  readonly label: string;
  readonly page: number | null;
  readonly active: boolean;
}

/** One page of a list with the links to the others, keys in FAM's order. */
export interface Page<T> {
  readonly current_page: number;
  readonly data: readonly T[];
  readonly first_page_url: string;
  readonly from: number | null;
  readonly last_page: number;
  readonly last_page_url: string;
  readonly links: readonly PageLink[];
  readonly next_page_url: string | null;
  readonly path: string;
  readonly per_page: number;
  readonly prev_page_url: string | null;
  readonly to: number | null;
  readonly total: number;
}

/**
 * Wraps the rows of page `page` of a list of `total`.
 * @param path absolute URL of the list, without query
 */
export function paginate<T>(
  data: readonly T[],
  page: number,
  total: number,
  path: string,
): Page<T> {
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const urlOf = (number: number): string => `${path}?page=${number}`;
  const next = page < last ? page + 1 : null;
  const previous = page > 1 ? page - 1 : null;
  const link = (label: string, number: number | null, active = false): PageLink => ({
    url: number === null ? null : urlOf(number),
    label,
    page: number,
    active,
  });
  const first = (page - 1) * PAGE_SIZE + 1;
  return {
    current_page: page,
    data,
    first_page_url: urlOf(1),
    from: data.length === 0 ? null : first,
    last_page: last,
    last_page_url: urlOf(last),
    links: [
      link('&laquo; Previous', previous),
      ...shownPages(page, last).map((number) =>
        number === null ? link('...', null) : link(String(number), number, number === page),
      ),
      link('Next &raquo;', next),
    ],
    next_page_url: next === null ? null : urlOf(next),
    path,
    per_page: PAGE_SIZE,
    prev_page_url: previous === null ? null : urlOf(previous),
    to: data.length === 0 ? null : first + data.length - 1,
    total,
  };
}

/** Page numbers worth a link: both ends and the neighbours of the current one; null is a gap. */
function shownPages(page: number, last: number): (number | null)[] {
  const shown: (number | null)[] = [];
  let previous = 0;
  for (let number = 1; number <= last; number++) {
    if (number > 2 && number < last - 1 && Math.abs(number - page) > 3) {
      number = number < page ? Math.min(page - 4, last - 2) : last - 2;
      continue;
    }
    if (number > previous + 1) shown.push(null);
    shown.push(number);
    previous = number;
  }
  return shown;
}
