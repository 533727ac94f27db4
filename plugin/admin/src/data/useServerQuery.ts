import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

import { usePolling } from './usePolling';

/**
 * The state of a request for data.
 *
 * - `ready`: the data answers the query.
 * - `loading`: there is no answer yet; with `keepPreviousData`, the data is that of the query before.
 * - `failed`: the newest request failed; the data is the last answer to the same query, if there is
 *   one. `httpStatus` is the status of the server's answer, `null` without an answer.
 */
export type QueryResult<T> =
  | { status: 'ready'; data: T }
  | { status: 'loading'; data: T | null }
  | { status: 'failed'; data: T | null; httpStatus: number | null };

/** Requests one or more paths of the server and turns the answers into data. */
export type Query<T> = (get: <Answer>(path: string) => Promise<Answer>) => Promise<T>;

/** Options of {@link useServerQuery}. */
export interface QueryOptions<T> {
  /** Loads again when this value changes. */
  reloadOn?: unknown;
  /**
   * Loads again at this interval while the browser tab is visible, in milliseconds. A function gets
   * the newest data, `null` before the first answer.
   */
  pollIntervalMs?: number | ((data: T | null) => number);
  /** Keeps the data of the query before until the new query is answered. */
  keepPreviousData?: boolean;
}

/** Data of the server, with the functions that reload and edit it. */
export interface ServerQuery<T> {
  state: QueryResult<T>;
  /** Loads again at once. The data stays until the new answer is here. */
  reload: () => void;
  /** Changes the data on the screen without a request. */
  edit: (change: (data: T) => T) => void;
}

interface Received<T> {
  /** The query that the data answers. */
  query: Query<T>;
  data: T;
}

interface Failure<T> {
  /** The query whose newest request failed. */
  query: Query<T>;
  httpStatus: number | null;
}

/**
 * Loads data from the server.
 *
 * Only the newest request counts. It aborts the request before it, and leaving the page aborts it.
 *
 * @param query keep its identity stable: a new function is a new query.
 */
export function useServerQuery<T>(
  query: Query<T>,
  { reloadOn, pollIntervalMs, keepPreviousData = false }: QueryOptions<T> = {},
): ServerQuery<T> {
  const { get } = useFetchClient();
  const [received, setReceived] = useState<Received<T> | null>(null);
  const [failure, setFailure] = useState<Failure<T> | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isPending = useRef(false);

  useEffect(() => {
    const request = new AbortController();
    const { signal } = request;
    const settle = (store: () => void) => {
      if (!signal.aborted) {
        isPending.current = false;
        store();
      }
    };
    const answerAt = async <Answer>(path: string) => (await get<Answer>(path, { signal })).data;
    isPending.current = true;
    query(answerAt).then(
      (data) =>
        settle(() => {
          setReceived({ query, data });
          setFailure(null);
        }),
      (error: unknown) => settle(() => setFailure({ query, httpStatus: httpStatusOf(error) })),
    );
    return () => request.abort();
  }, [get, query, reloadOn, attempt]);

  const reload = useCallback(() => {
    setFailure(null);
    setAttempt((count) => count + 1);
  }, []);

  // A request in progress is not aborted: a server slower than the interval would never answer.
  const poll = useCallback(() => {
    if (!isPending.current) {
      setAttempt((count) => count + 1);
    }
  }, []);
  const newest = received?.query === query ? received.data : null;
  const intervalMs = typeof pollIntervalMs === 'function' ? pollIntervalMs(newest) : pollIntervalMs;
  usePolling(poll, intervalMs ?? null);

  const edit = useCallback((change: (data: T) => T) => {
    setReceived((current) => current && { ...current, data: change(current.data) });
  }, []);

  return { state: stateOf(query, received, failure, keepPreviousData), reload, edit };
}

function stateOf<T>(
  query: Query<T>,
  received: Received<T> | null,
  failure: Failure<T> | null,
  keepPreviousData: boolean,
): QueryResult<T> {
  const answers = received?.query === query;
  if (failure?.query === query) {
    const data = answers ? received.data : null;
    return { status: 'failed', data, httpStatus: failure.httpStatus };
  }
  if (answers) {
    return { status: 'ready', data: received.data };
  }
  return { status: 'loading', data: keepPreviousData ? (received?.data ?? null) : null };
}

function httpStatusOf(error: unknown): number | null {
  return isFetchError(error) ? (error.status ?? null) : null;
}
