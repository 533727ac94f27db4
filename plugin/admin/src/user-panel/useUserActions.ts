import { adminApi } from '@strapi/strapi/admin';
import { useCallback } from 'react';

import type { BlockRequest, BlockResponse, TerminateAllResponse } from '../../../shared/contracts';
import { PLUGIN_ID } from '../pluginId';
import { useServerAction } from '../data/useServerAction';
import { USER_MODEL } from '../data/userModel';
import { useTranslate } from '../wording/useTranslate';

/** The actions on a user; each gives false after a failure. */
export interface UserActions {
  terminateAll: () => Promise<boolean>;
  setBlocked: (blocked: boolean) => Promise<boolean>;
}

const DOCUMENT = 'Document';

/** A user by both ids. */
interface UserOf {
  userId: number;
  documentId: string;
}

/** Blocking changes the user; the tag makes the content manager's form read it again. */
const blockingApi = adminApi.enhanceEndpoints({ addTagTypes: [DOCUMENT] }).injectEndpoints({
  endpoints: (builder) => ({
    blockUser: builder.mutation<BlockResponse, UserOf & BlockRequest>({
      query: ({ userId, blocked }) => ({
        url: `/${PLUGIN_ID}/user/${userId}/block`,
        method: 'POST',
        data: { blocked } satisfies BlockRequest,
      }),
      invalidatesTags: (_answer, error, { documentId }) =>
        error === undefined ? [{ type: DOCUMENT, id: `${USER_MODEL}_${documentId}` }] : [],
    }),
  }),
});

/** Acts on one user and notifies the administrator of each outcome. */
export function useUserActions(userId: number, documentId: string): UserActions {
  const { run } = useServerAction();
  const [block] = blockingApi.useBlockUserMutation();
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

  const setBlocked = useCallback(
    async (blocked: boolean) => {
      const request = { userId, documentId, blocked };
      const outcome = await run(async () => (await block(request).unwrap()).data, {
        success: (user) => t(user.blocked ? 'userSessions.blocked' : 'userSessions.unblocked'),
        failure: t('userSessions.blockFailed'),
      });
      return outcome.type === 'done';
    },
    [block, documentId, run, t, userId],
  );

  return { terminateAll, setBlocked };
}
