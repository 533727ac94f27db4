import { Badge, Button, Flex, Typography } from '@strapi/design-system';
import { Key } from '@strapi/icons';
import { useState } from 'react';

import type { KeyView } from '../../../shared/contracts';
import type { CoreState } from '../core/useCore';
import { useTranslate } from '../wording/useTranslate';
import type { TranslationKey } from '../wording/translationId';
import { GenerateKeyDialog } from './GenerateKeyDialog';
import { Panel } from '../ui/Panel';

const SOURCES: Record<KeyView['source'], TranslationKey> = {
  environment: 'key.fromEnvironment',
  config: 'key.fromConfig',
  derived: 'key.derived',
};

const MONOSPACE = { fontFamily: 'monospace' };

interface KeyPanelProps {
  currentKey: KeyView;
  core: CoreState;
}

/** Shows the current encryption key, and makes a new one in the browser. */
export function KeyPanel({ currentKey, core }: KeyPanelProps) {
  const t = useTranslate();
  const [newKey, setNewKey] = useState<string | null>(null);
  const isDerived = currentKey.source === 'derived';
  return (
    <>
      <Panel title={t('settings.group.encryption')}>
        <Flex direction="column" alignItems="flex-start" gap={4}>
          <Flex direction="column" alignItems="flex-start" gap={2}>
            <Flex gap={2} wrap="wrap">
              <Typography fontWeight="bold">{t('key.current')}</Typography>
              <Typography tag="code" textColor="neutral800" style={MONOSPACE}>
                {currentKey.id}
              </Typography>
              <Badge size="S" variant={isDerived ? 'warning' : 'success'}>
                {t(SOURCES[currentKey.source])}
              </Badge>
            </Flex>
            <Typography textColor="neutral600">
              {t(isDerived ? 'key.derivedAdvice' : 'key.advice')}
            </Typography>
          </Flex>
          <Button
            variant="secondary"
            startIcon={<Key />}
            disabled={core.status !== 'ready'}
            onClick={() => {
              if (core.status === 'ready') {
                setNewKey(core.core.generateKey());
              }
            }}
          >
            {t('key.generate')}
          </Button>
        </Flex>
      </Panel>
      {newKey !== null && (
        <GenerateKeyDialog
          newKey={newKey}
          replacesKey={!isDerived}
          onClose={() => setNewKey(null)}
        />
      )}
    </>
  );
}
