import { Box, Button, Flex, Typography, VisuallyHidden } from '@strapi/design-system';

import { useTranslate } from '../../wording/useTranslate';

interface ImpactFigureProps {
  /** The text of the figure; `null` while it is being counted. */
  text: string | null;
  count: number;
  /** The figure with the current settings; `null` if there is nothing to compare. */
  currentCount: number | null;
  colour: string;
  /** Shows the counted sessions. */
  onShow: () => void;
}

/** One effect of the settings, as an entry of a list. */
export function ImpactFigure({ text, count, currentCount, colour, onShow }: ImpactFigureProps) {
  const t = useTranslate();
  return (
    <Flex
      tag="li"
      gap={3}
      alignItems="center"
      hasRadius
      background="neutral100"
      paddingTop={2}
      paddingBottom={2}
      paddingLeft={3}
      paddingRight={3}
    >
      <Box
        background={count > 0 ? colour : 'neutral300'}
        width="0.4rem"
        height="3.6rem"
        borderRadius="2px"
        flex="none"
        aria-hidden
      />
      <Box flex="1" minWidth={0}>
        <Typography tag="p" fontWeight={count > 0 ? 'bold' : 'regular'} textColor="neutral800">
          {text ?? t('impact.loading')}
        </Typography>
        {currentCount !== null && (
          <Typography tag="p" variant="pi" textColor="neutral600">
            {t('impact.current', { count: currentCount })}
          </Typography>
        )}
      </Box>
      {count > 0 && (
        <Button variant="tertiary" size="S" flex="none" onClick={onShow}>
          {t('impact.show')}
          <VisuallyHidden>{text}</VisuallyHidden>
        </Button>
      )}
    </Flex>
  );
}
