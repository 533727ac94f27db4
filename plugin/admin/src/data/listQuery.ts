/** Which page of a list is shown. */
export interface PageQuery {
  /** Counts from 1. */
  page: number;
  pageSize: number;
}

/** The direction of a sort. */
export type SortOrder = 'asc' | 'desc';

/** The page sizes that are offered. */
export const PAGE_SIZES: readonly number[] = [10, 25, 50, 100];

/** Page size of an address that names none. */
export const DEFAULT_PAGE_SIZE = 25;

/** Names of the address's parameters, as Strapi's own parts know them. */
export const PAGE_PARAMETERS = { page: 'page', pageSize: 'pageSize' } as const;

/** Reads the page from the address; what is missing or makes no sense becomes the default. */
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

/** Sets a parameter; `null` takes it away. */
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

/** Reads a whole number from 1 on; `null` if it is none. */
export function positiveInteger(text: string | null): number | null {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}
