/** Reads lists that come in pages. Must not know what is in them. */
import type { ApiResult } from './api-result.ts';

const PAGES_MAX = 250;

interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

export function pageOf<T, Row>(
  read: ApiResult<T>,
  page: (value: T) => Page<Row>,
): ApiResult<Page<Row>> {
  return read.kind === 'ok' ? { kind: 'ok', value: page(read.value) } : read;
}

export async function allPages<Row>(
  readPage: (query: string) => Promise<ApiResult<Page<Row>>>,
): Promise<ApiResult<Row[]>> {
  const all: Row[] = [];
  let query = '';
  for (let page = 0; page < PAGES_MAX; page++) {
    const result = await readPage(query);
    if (result.kind !== 'ok') return result;
    all.push(...result.value.rows);
    const { nextCursor } = result.value;
    if (nextCursor === null) return { kind: 'ok', value: all };
    query = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  return { kind: 'malformed', detail: `more than ${PAGES_MAX} pages` };
}
