import { isFetchError, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';

/** Strapi's functions for requests. */
type FetchClient = ReturnType<typeof useFetchClient>;

/** A notification of the panel. */
export interface Notice {
  /** `success` after a success and `danger` after a failure, unless given. */
  type?: 'success' | 'warning' | 'danger';
  title?: string;
  message: string;
}

/** The notifications after an action, as translated texts. */
export interface ActionTexts<T> {
  /** Without it, a success is not notified. */
  success?: (data: T) => string | Notice;
  failure: string | Notice;
  /** Failures with a text of their own, by the HTTP status of the server's answer. */
  failureByStatus?: Readonly<Record<number, string | Notice>>;
}

/** A request that the server refused or did not answer. */
export interface ActionFailure {
  type: 'failed';
  /** `null` without an answer. */
  httpStatus: number | null;
  message: string;
  /** The details of the server's answer, whose shape Strapi leaves open. */
  details: unknown;
}

/** The outcome of an action. */
export type ActionOutcome<T> = { type: 'done'; data: T } | ActionFailure;

/** Runs requests that change something on the server. */
export interface ServerAction {
  isRunning: boolean;
  /** Makes a request and notifies the administrator of its outcome; never rejects. */
  run: <T>(
    request: (client: FetchClient) => Promise<T>,
    texts: ActionTexts<T>,
  ) => Promise<ActionOutcome<T>>;
}

/** Runs requests that change something, and notifies the administrator of each outcome. */
export function useServerAction(): ServerAction {
  const client = useFetchClient();
  const { toggleNotification } = useNotification();
  const [isRunning, setIsRunning] = useState(false);

  const run = useCallback<ServerAction['run']>(
    async (request, { success, failure, failureByStatus }) => {
      const notify = (type: NonNullable<Notice['type']>, text: string | Notice) =>
        toggleNotification({ type, ...(typeof text === 'string' ? { message: text } : text) });
      setIsRunning(true);
      try {
        const data = await request(client);
        if (success !== undefined) {
          notify('success', success(data));
        }
        return { type: 'done', data };
      } catch (error) {
        const failed = failureFrom(error);
        notify('danger', failureByStatus?.[failed.httpStatus ?? 0] ?? failure);
        return failed;
      } finally {
        setIsRunning(false);
      }
    },
    [client, toggleNotification],
  );

  return { isRunning, run };
}

function failureFrom(error: unknown): ActionFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (!isFetchError(error)) {
    return { type: 'failed', httpStatus: null, message, details: null };
  }
  const details: unknown = error.response?.data.error.details ?? null;
  return { type: 'failed', httpStatus: error.status ?? null, message, details };
}
