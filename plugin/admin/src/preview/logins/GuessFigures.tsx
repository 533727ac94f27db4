import { Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import { useTranslate } from '../../wording/useTranslate';

const Grid = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[2]};
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
`;

interface GuessFiguresProps {
  /** Numbers of networks. */
  networks: readonly number[];
  /** The guesses a day that so many networks have at one account. */
  guesses: readonly number[];
}

/** The guesses a day at the password of one account, by the number of networks. */
export function GuessFigures({ networks, guesses }: GuessFiguresProps) {
  const t = useTranslate();
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography tag="p" textColor="neutral800">
        {t('forecast.guesses')}
      </Typography>
      <Grid tag="ul" aria-live="polite">
        {networks.map((count, place) => (
          <Flex
            key={count}
            tag="li"
            direction="column"
            alignItems="flex-start"
            justifyContent="space-between"
            background="neutral100"
            hasRadius
            padding={3}
          >
            <Typography tag="p" variant="pi" textColor="neutral600">
              {t('forecast.networks', { count })}
            </Typography>
            <Typography tag="p" variant="delta" textColor="neutral800">
              {t('forecast.guessesADay', { count: guesses[place] ?? 0 })}
            </Typography>
          </Flex>
        ))}
      </Grid>
    </Flex>
  );
}
