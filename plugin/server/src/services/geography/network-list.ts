import { createReadStream } from 'node:fs';
import type { ListKind, LoadedGeography } from '../../../../shared/core';
import { guarded } from '../../../../shared/traps';
import { NO_FACTS, WrongContent, type FileFacts } from './followed-file';

/** Bytes that are read at once; the core takes texts of 65,536 code units. */
const CHUNK_BYTES = 32_768;

/**
 * Reads a file of networks into the core, part by part, so that requests are answered meanwhile.
 *
 * @param current Returns the tables in the core's memory.
 * @throws CoreError where no line has a network, or there are too many; WrongContent where a line is too long; Error where a
 * trap has replaced the core meanwhile.
 */
export async function loadNetworkList(
  current: () => LoadedGeography,
  kind: ListKind,
  path: string,
): Promise<FileFacts> {
  const geography = current();
  guarded(() => geography.startList());
  let skippedLines = 0;
  let rest = '';
  const add = (text: string): void => {
    if (current() !== geography) throw new Error('the core was replaced');
    skippedLines += guarded(() => geography.addToList(text));
  };
  // With an encoding, the parts are texts.
  const parts: AsyncIterable<string> = createReadStream(path, {
    encoding: 'utf8',
    highWaterMark: CHUNK_BYTES,
  });
  for await (const part of parts) {
    const end = part.lastIndexOf('\n') + 1;
    const whole = rest + part.slice(0, end);
    if (end > 0) add(whole);
    rest = end > 0 ? part.slice(end) : rest + part;
    if (rest.length > CHUNK_BYTES) throw new WrongContent('a line is too long');
  }
  add(rest);
  return { ...NO_FACTS, skippedLines, ranges: guarded(() => geography.finishList(kind)) };
}
