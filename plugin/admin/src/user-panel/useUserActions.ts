import { adminApi, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import type { BlockResponse, TerminateAllResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { USER_MODEL } from '../data/userModel';
import { useTranslate } from '../wording/useTranslate';

/** What an administrator can do about a user; each says how it went, and false if it did not. */
export interface UserActions {
  terminateAll: () => Promise<boolean>;
  toggleBlock: () => Promise<boolean>;
}

const DOCUMENT = 'Document';

/** Blocking changes the user, so that the content manager's form has to read it anew. */
const blockingApi = adminApi.enhanceEndpoints({ addTagTypes: [DOCUMENT] }).injectEndpoints({
  endpoints: (builder) => ({
    toggleUserBlock: builder.mutation<BlockResponse, { userId: number; documentId: string }>({
      query: ({ userId }) => ({
        url: `/${PLUGIN_ID}/user/${userId}/toggle-block`,
        method: 'POST',
      }),
      invalidatesTags: (_answer, error, { documentId }) =>
        error === undefined ? [{ type: DOCUMENT, id: `${USER_MODEL}_${documentId}` }] : [],
    }),
  }),
});

/** Provides {@link UserActions} for one user. */
export function useUserActions(userId: number, documentId: string): UserActions {
  const { post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const [toggle] = blockingApi.useToggleUserBlockMutation();
  const t = useTranslate();

  const terminateAll = useCallback(async () => {
    try {
      const path = `/${PLUGIN_ID}/user/${userId}/terminate-all`;
      const { data } = await post<TerminateAllResponse>(path);
      const message = t('bulk.success', { count: data.data.terminated });
      toggleNotification({ type: 'success', message });
      return true;
    } catch {
      toggleNotification({ type: 'danger', message: t('bulk.failed') });
      return false;
    }
  }, [post, t, toggleNotification, userId]);

  const toggleBlock = useCallback(async () => {
    try {
      const { data } = await toggle({ userId, documentId }).unwrap();
      const message = t(data.blocked ? 'userSessions.blocked' : 'userSessions.unblocked');
      toggleNotification({ type: 'success', message });
      return true;
    } catch {
      toggleNotification({ type: 'danger', message: t('userSessions.blockFailed') });
      return false;
    }
  }, [documentId, t, toggle, toggleNotification, userId]);

  return { terminateAll, toggleBlock };
}
