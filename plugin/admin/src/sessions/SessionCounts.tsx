import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

import type { SessionCounts, SessionState } from '../../../shared/contracts';
import { useTranslate } from '../wording/useTranslate';
import type { SessionQuery, Within } from './sessionQuery';
import type { TranslationKey } from '../wording/translationId';

interface Figure {
  name: TranslationKey;
  count: keyof SessionCounts;
  state: SessionState;
  within: Within | null;
  colour: 'primary600' | 'success600' | 'warning600' | 'neutral500';
  explanation?: TranslationKey;
}

const FIGURES: readonly Figure[] = [
  {
    name: 'figure.online',
    count: 'online',
    state: 'active',
    within: 'online',
    colour: 'primary600',
    explanation: 'figure.onlineExplanation',
  },
  { name: 'figure.active', count: 'active', state: 'active', within: null, colour: 'success600' },
  {
    name: 'figure.inactive',
    count: 'inactive',
    state: 'inactive',
    within: null,
    colour: 'warning600',
  },
  {
    name: 'figure.terminatedToday',
    count: 'terminatedSince',
    state: 'terminated',
    within: 'today',
    colour: 'neutral500',
  },
];

const Grid = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[4]};
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
`;

const Tile = styled(Box)`
  text-align: start;
  cursor: pointer;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  &[aria-pressed='true'] {
    background: ${({ theme }) => theme.colors.primary100};
    border-color: ${({ theme }) => theme.colors.primary600};
  }
`;

interface SessionCountsProps {
  counts: SessionCounts | null;
  query: SessionQuery;
  /** Filters the list by the chosen figure; a second press removes the filter. */
  onFilter: (state: SessionState | null, within?: Within | null) => void;
}

/** The number of sessions in each state. A press on a figure filters the list by it. */
export function SessionCounts({ counts, query, onFilter }: SessionCountsProps) {
  const t = useTranslate();
  const { formatNumber } = useIntl();
  return (
    <Grid role="group" aria-label={t('figures.label')}>
      {FIGURES.map(({ name, count, state, within, colour, explanation }) => {
        const isChosen = query.state === state && query.within === within;
        return (
          <Tile
            key={name}
            tag="button"
            type="button"
            background="neutral0"
            borderColor="neutral200"
            hasRadius
            shadow="tableShadow"
            paddingTop={4}
            paddingBottom={4}
            paddingLeft={5}
            paddingRight={5}
            aria-pressed={isChosen}
            title={explanation && t(explanation)}
            onClick={() => (isChosen ? onFilter(null) : onFilter(state, within))}
          >
            <Flex direction="column" alignItems="flex-start" gap={1}>
              <Flex gap={2}>
                <Box
                  background={colour}
                  width="0.8rem"
                  height="0.8rem"
                  borderRadius="50%"
                  aria-hidden
                />
                <Typography variant="pi" textColor="neutral600">
                  {t(name)}
                </Typography>
              </Flex>
              <Typography variant="alpha" tag="span" textColor="neutral800">
                {counts === null ? '–' : formatNumber(counts[count])}
              </Typography>
            </Flex>
          </Tile>
        );
      })}
    </Grid>
  );
}
