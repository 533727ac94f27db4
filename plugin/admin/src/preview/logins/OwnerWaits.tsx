import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';

import type { LoginForecast } from '../../../../shared/core';
import { useFormatDuration } from '../../wording/useFormatDuration';
import { useTranslate } from '../../wording/useTranslate';
import { roundedUp } from './roundedUp';

const Table = styled.table`
  width: 100%;
  border-collapse: collapse;

  th,
  td {
    padding: ${({ theme }) => theme.spaces[2]} ${({ theme }) => theme.spaces[3]};
    text-align: start;
    vertical-align: baseline;
  }

  th:first-child {
    padding-inline-start: 0;
  }

  tbody tr {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** The waits of the owner of an account after typos, at known places and elsewhere. */
export function OwnerWaits({ forecast }: { forecast: LoginForecast }) {
  const t = useTranslate();
  const durationOf = useFormatDuration();
  const { typos, waitsAtKnownPlaceMs, waitsAtUnknownPlaceMs } = forecast;

  const waitOf = (ms = 0): string => (ms === 0 ? t('forecast.noWait') : durationOf(roundedUp(ms)));

  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Table>
        <Typography tag="caption" textColor="neutral800" textAlign="start" paddingBottom={1}>
          {t('forecast.waits')}
        </Typography>
        <thead>
          <tr>
            {(['forecast.after', 'forecast.knownPlace', 'forecast.elsewhere'] as const).map(
              (column) => (
                <Typography key={column} tag="th" scope="col" variant="pi" textColor="neutral600">
                  {t(column)}
                </Typography>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {typos.map((count, place) => (
            <tr key={count}>
              <Typography tag="th" scope="row" textColor="neutral800">
                {t('forecast.typos', { count })}
              </Typography>
              <Typography tag="td" fontWeight="bold" textColor="neutral800">
                {waitOf(waitsAtKnownPlaceMs[place])}
              </Typography>
              <Typography tag="td" fontWeight="bold" textColor="neutral800">
                {waitOf(waitsAtUnknownPlaceMs[place])}
              </Typography>
            </tr>
          ))}
        </tbody>
      </Table>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {t('forecast.places')}
      </Typography>
    </Flex>
  );
}
