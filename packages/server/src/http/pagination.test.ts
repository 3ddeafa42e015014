import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageNumber, paginate } from './pagination.ts';

const path = 'http://host/api/accounts';

describe('a page', () => {
  it('A37: has the shape of FAM’s', () => {
    expect(paginate(['a', 'b'], 1, 2, path)).toEqual({
      current_page: 1,
      data: ['a', 'b'],
      first_page_url: `${path}?page=1`,
      from: 1,
      last_page: 1,
      last_page_url: `${path}?page=1`,
      links: [
        { url: null, label: '&laquo; Previous', page: null, active: false },
        { url: `${path}?page=1`, label: '1', page: 1, active: true },
        { url: null, label: 'Next &raquo;', page: null, active: false },
      ],
      next_page_url: null,
      path,
      per_page: 20,
      prev_page_url: null,
      to: 2,
      total: 2,
    });
  });

  it('links to its neighbours', () => {
    const page = paginate(['u', 'v'], 2, 45, path);
    expect(page).toMatchObject({
      from: 21,
      to: 22,
      last_page: 3,
      prev_page_url: `${path}?page=1`,
      next_page_url: `${path}?page=3`,
    });
  });

  it('out of range is empty', () => {
    expect(paginate([], 9, 45, path)).toMatchObject({ data: [], from: null, to: null });
  });

  it('lists few links, in order, the current one among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        (last, at) => {
          const current = Math.min(at, last);
          const { links } = paginate(['x'], current, last * 20, path);
          const pages = links.slice(1, -1).flatMap(({ page }) => (page === null ? [] : [page]));
          expect(pages).toEqual(pages.toSorted((a, b) => a - b));
          expect(new Set(pages).size).toBe(pages.length);
          expect(pages).toContain(current);
          expect(pages.at(0)).toBe(1);
          expect(pages.at(-1)).toBe(last);
          expect(pages.length).toBeLessThanOrEqual(13);
        },
      ),
    );
  });

  it('is the first when the query is not a page number', () => {
    expect(['3', 3, 'x', '0', '-1', '1.5', null, undefined, []].map(pageNumber)).toEqual([
      3, 3, 1, 1, 1, 1, 1, 1, 1,
    ]);
  });
});
