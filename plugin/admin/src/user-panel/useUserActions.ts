import { adminApi } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import type { BlockResponse, TerminateAllResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerAction } from '../data/useServerAction';
import { USER_MODEL } from '../data/userModel';
import { useTranslate } from '../wording/useTranslate';

/** The actions on a user; each gives false after a failure. */
export interface UserActions {
  terminateAll: () => Promise<boolean>;
  toggleBlock: () => Promise<boolean>;
}

const DOCUMENT = 'Document';

/** Blocking changes the user; the tag makes the content manager's form read it again. */
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

/** Acts on one user and notifies the administrator of each outcome. */
export function useUserActions(userId: number, documentId: string): UserActions {
  const { run } = useServerAction();
  const [toggle] = blockingApi.useToggleUserBlockMutation();
  const t = useTranslate();

  const terminateAll = useCallback(async () => {
    const path = `/${PLUGIN_ID}/user/${userId}/terminate-all`;
    const outcome = await run(
      async ({ post }) => (await post<TerminateAllResponse>(path)).data.data,
      {
        success: ({ terminated }) => t('bulk.success', { count: terminated }),
        failure: t('bulk.failed'),
      },
    );
    return outcome.type === 'done';
  }, [run, t, userId]);

  const toggleBlock = useCallback(async () => {
    const outcome = await run(async () => (await toggle({ userId, documentId }).unwrap()).data, {
      success: ({ blocked }) => t(blocked ? 'userSessions.blocked' : 'userSessions.unblocked'),
      failure: t('userSessions.blockFailed'),
    });
    return outcome.type === 'done';
  }, [documentId, run, t, toggle, userId]);

  return { terminateAll, toggleBlock };
}
