import { Box, TextButton } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { useState } from 'react';
import { styled } from 'styled-components';

import type { LockRow } from '../../../shared/contracts';
import { PERMISSIONS } from '../permissions';
import { ConfirmDialog } from '../ui/dialogs/ConfirmDialog';
import { Panel } from '../ui/Panel';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { focusLock, LOCKS_PANEL_ID } from './focusTargets';
import { LockItem } from './LockItem';
import { OpenPlaceDialog } from './OpenPlaceDialog';
import { useLockActions } from './useLockActions';
import { useLocks } from './useLocks';

/** The most accounts that are listed at first. */
const LISTED = 5;

/**
 * The dialog above the panel.
 *
 * - `lifting`: asks whether to lift a lock.
 * - `closing`: the question is answered or cancelled, and its dialog fades out.
 * - `placing`: asks for the address of a place.
 */
type DialogState = { type: 'none' } | { type: 'lifting' | 'closing' | 'placing'; lock: LockRow };

const NO_DIALOG: DialogState = { type: 'none' };

/** Items query the width of the panel instead of the window's. */
const Frame = styled(Box)`
  container-type: inline-size;
`;

const List = styled(Box)`
  li + li {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** The accounts that are locked after failed logins, with buttons to unlock them; nothing without. */
export function LocksPanel() {
  const t = useTranslate();
  const { allowedActions } = useRBAC(PERMISSIONS.block);
  const { userName } = useSessionLabels();
  const { state, edit } = useLocks();
  const actions = useLockActions();
  const [dialog, setDialog] = useState(NO_DIALOG);
  const [showsAll, setShowsAll] = useState(false);
  const locks = state.data ?? [];

  const lift = async (lock: LockRow) => {
    if (await actions.lift(lock)) {
      edit((listed) => listed.filter(({ userId }) => userId !== lock.userId));
      setDialog({ type: 'closing', lock });
    }
  };

  return (
    <>
      {locks.length > 0 && (
        <Frame id={LOCKS_PANEL_ID} tabIndex={-1} paddingTop={6}>
          <Panel title={t('locks.title')} subtitle={t('locks.subtitle')}>
            <List tag="ul" aria-label={t('locks.title')}>
              {(showsAll ? locks : locks.slice(0, LISTED)).map((lock) => (
                <LockItem
                  key={lock.userId}
                  lock={lock}
                  canUnlock={allowedActions.canBlock === true}
                  onLift={() => setDialog({ type: 'lifting', lock })}
                  onOpenPlace={() => setDialog({ type: 'placing', lock })}
                />
              ))}
            </List>
            {locks.length > LISTED && (
              <Box>
                <TextButton aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
                  {showsAll ? t('locks.showFewer') : t('locks.showAll', { count: locks.length })}
                </TextButton>
              </Box>
            )}
          </Panel>
        </Frame>
      )}
      {(dialog.type === 'lifting' || dialog.type === 'closing') && (
        <ConfirmDialog
          isOpen={dialog.type === 'lifting'}
          title={t('locks.liftTitle')}
          confirmLabel={t('locks.liftConfirm')}
          onCancel={() => setDialog({ ...dialog, type: 'closing' })}
          onConfirm={() => lift(dialog.lock)}
          onClosed={() => focusLock(dialog.lock.userId)}
        >
          {t('locks.liftBody', { user: userName(dialog.lock) })}
        </ConfirmDialog>
      )}
      {dialog.type === 'placing' && (
        <OpenPlaceDialog
          lock={dialog.lock}
          onOpen={(ip) => actions.openPlace(dialog.lock, ip)}
          onClose={() => setDialog(NO_DIALOG)}
        />
      )}
    </>
  );
}
