/**
 * Sanitizes text from outside for storage and display.
 *
 * It replaces characters that control the line or the direction by blanks, because they would break
 * or turn around table cells and log lines, and some databases refuse NUL. It then trims the text.
 *
 * @param maxLength The number of characters after which the text is cut.
 * @returns `null` where nothing is left.
 */
export function sanitizeText(text: string | null | undefined, maxLength: number): string | null {
  return (
    text
      ?.slice(0, maxLength)
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')
      .trim() || null
  );
}
