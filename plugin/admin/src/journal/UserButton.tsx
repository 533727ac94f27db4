import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { SessionUser } from '../../../shared/contracts';
import { useSessionLabels } from '../wording/useSessionLabels';
import { useTranslate } from '../wording/useTranslate';
import { UserLabel } from '../ui/UserLabel';

const Plain = styled(Box)`
  text-align: start;
  cursor: pointer;
  &:hover {
    text-decoration: underline;
  }
`;

interface UserButtonProps {
  user: SessionUser;
  onChoose: (userId: number) => void;
}

/** A user's name as a button that filters the list by this user. */
export function UserButton({ user, onChoose }: UserButtonProps) {
  const t = useTranslate();
  const { userName } = useSessionLabels();
  return (
    <Plain
      tag="button"
      type="button"
      title={t('journal.onlyUser', { user: userName({ user }) })}
      onClick={() => onChoose(user.id)}
    >
      <UserLabel user={user} />
    </Plain>
  );
}
