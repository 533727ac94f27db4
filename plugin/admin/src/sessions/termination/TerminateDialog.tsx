import type { SessionView } from '../../../../shared/contracts';
import { useSessionLabels } from '../../wording/useSessionLabels';
import { useTranslate } from '../../wording/useTranslate';
import { ConfirmDialog } from '../../ui/dialogs/ConfirmDialog';

interface TerminateDialogProps {
  isOpen: boolean;
  /** The session in question; kept while the dialog fades out. */
  session: SessionView;
  onCancel: () => void;
  /** Ends the session; the dialog shows that it waits until this settles. */
  onConfirm: () => Promise<void>;
  /** Called once the dialog is gone: puts the focus where it belongs. */
  onClosed: () => void;
}

/** Asks whether a session shall end, naming user and device. */
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
