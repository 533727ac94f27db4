/**
 * Sanitizes text from outside for storage and display.
 *
 * It replaces control characters by blanks, because they would break table cells and log lines, and
 * some databases refuse NUL. It then trims the text.
 *
 * @param maxLength The number of characters after which the text is cut.
 * @returns `null` where nothing is left.
 */
export function sanitizeText(text: string | null | undefined, maxLength: number): string | null {
  return (
    text
      ?.slice(0, maxLength)
      .replace(/\p{Cc}/gu, ' ')
      .trim() || null
  );
}
