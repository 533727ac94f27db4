import { isFetchError, useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

/** What was asked of the server, on its way into the browser; `data` is the newest answer. */
export type QueryResult<T> =
  | { status: 'ready'; data: T }
  | { status: 'loading'; data: T | null }
  /** `httpStatus` is that of the server's refusal, `null` where it did not answer. */
  | { status: 'failed'; data: T | null; httpStatus: number | null };

/** Asks for what stands at paths of the server, and makes something of the answers. */
export type Query<T> = (get: <Answer>(path: string) => Promise<Answer>) => Promise<T>;

/** A question's answer, and the ways to ask again. */
export interface ServerQuery<T> {
  state: QueryResult<T>;
  /** Asks again at once; an answer that is there stays until the new one is. */
  load: () => void;
  /** Asks again unless an answer is on its way, which asking would abort. */
  poll: () => void;
}

interface Received<T> {
  /** The question that it answers. */
  query: Query<T>;
  state: QueryResult<T>;
}

/**
 * Asks the server a question and keeps the answer to the latest request.
 *
 * @param query keep its identity stable: a new one is another question, and begins with no answer.
 * @param version asks the same question anew when it changes.
 */
export function useServerQuery<T>(query: Query<T>, version?: unknown): ServerQuery<T> {
  const { get } = useFetchClient();
  const [received, setReceived] = useState<Received<T> | null>(null);
  const [attempt, setAttempt] = useState(0);
  const isPending = useRef(false);

  useEffect(() => {
    const request = new AbortController();
    const { signal } = request;
    const receive = (stateAfter: (newest: T | null) => QueryResult<T>) => {
      if (!signal.aborted) {
        isPending.current = false;
        setReceived((before) => ({ query, state: stateAfter(newestOf(before, query)) }));
      }
    };
    const answerAt = async <Answer>(path: string) => (await get<Answer>(path, { signal })).data;
    isPending.current = true;
    query(answerAt).then(
      (data) => receive(() => ({ status: 'ready', data })),
      (error: unknown) =>
        receive((data) => ({ status: 'failed', data, httpStatus: httpStatusOf(error) })),
    );
    return () => request.abort();
  }, [get, query, version, attempt]);

  const load = useCallback(() => {
    setReceived((before) => before && { ...before, state: whileAsking(before.state) });
    setAttempt((count) => count + 1);
  }, []);
  const poll = useCallback(() => {
    if (!isPending.current) {
      load();
    }
  }, [load]);

  const isAnswered = received?.query === query;
  return { state: isAnswered ? received.state : { status: 'loading', data: null }, load, poll };
}

function newestOf<T>(received: Received<T> | null, query: Query<T>): T | null {
  return received?.query === query ? received.state.data : null;
}

/** Nobody is to look at a failure while it is being tried again. */
function whileAsking<T>(state: QueryResult<T>): QueryResult<T> {
  return state.status === 'ready' ? state : { status: 'loading', data: state.data };
}

function httpStatusOf(error: unknown): number | null {
  return isFetchError(error) ? (error.status ?? null) : null;
}
