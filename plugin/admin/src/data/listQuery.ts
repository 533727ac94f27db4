/** The shown page of a list. */
export interface PageQuery {
  /** Counts from 1. */
  page: number;
  pageSize: number;
}

/** The direction of a sort. */
export type SortOrder = 'asc' | 'desc';

/** The page sizes to choose from. */
export const PAGE_SIZES: readonly number[] = [10, 25, 50, 100];

/** The page size without a parameter in the address. */
export const DEFAULT_PAGE_SIZE = 25;

/** Names of the address's parameters in Strapi's own parts. */
export const PAGE_PARAMETERS = { page: 'page', pageSize: 'pageSize' } as const;

/** Reads the page from the address; missing or invalid parameters get their defaults. */
export function readPage(parameters: URLSearchParams): PageQuery {
  const pageSize = Number(parameters.get(PAGE_PARAMETERS.pageSize));
  return {
    page: positiveInteger(parameters.get(PAGE_PARAMETERS.page)) ?? 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_PAGE_SIZE,
  };
}

/** Gives the server's parameters for a page. */
export function serverPage({ page, pageSize }: PageQuery): Record<string, string> {
  return { 'pagination[page]': String(page), 'pagination[pageSize]': String(pageSize) };
}

/** Sets a parameter; `null` removes it. */
export function putParameter(
  parameters: URLSearchParams,
  name: string,
  value: string | null,
): void {
  if (value === null) {
    parameters.delete(name);
  } else {
    parameters.set(name, value);
  }
}

/** Reads a whole number of at least 1; `null` if it is none. */
export function positiveInteger(text: string | null): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
