/**
 * Makes text from outside fit to be stored and shown: control characters become blanks, which have no
 * place in a table cell or a log line and of which some databases refuse one; the rest is cut.
 *
 * @returns `null` where nothing is left.
 */
export function sanitizeText(text: string | null | undefined, longest: number): string | null {
  return (
    text
      ?.slice(0, longest)
      .replace(/\p{Cc}/gu, ' ')
      .trim() || null
  );
}
