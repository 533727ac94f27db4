import type { SessionView } from '../../../../shared/contracts';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { useTranslate } from '../../wording/useTranslate';
import { ConfirmDialog } from '../../ui/dialogs/ConfirmDialog';

interface TerminateDialogProps {
  isOpen: boolean;
  /** The session to terminate; kept while the dialog fades out. */
  session: SessionView;
  onCancel: () => void;
  /** Terminates the session. The dialog shows a spinner until it settles. */
  onConfirm: () => Promise<void>;
  /** Called after the dialog is gone, to set the focus. */
  onClosed: () => void;
}

/** Asks whether to terminate a session, and names its user and device. */
export function TerminateDialog({ session, ...dialog }: TerminateDialogProps) {
  const t = useTranslate();
  const { userName, deviceName } = useSessionLabels();
  const named = { user: userName(session), device: deviceName(session.device) };
  return (
    <ConfirmDialog title={t('terminate.title')} confirmLabel={t('terminate.confirm')} {...dialog}>
      {t('terminate.body', named)}
    </ConfirmDialog>
  );
}
