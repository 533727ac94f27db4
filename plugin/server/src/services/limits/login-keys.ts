/**
 * Characters of an identifier beyond this length fit into no column of the users, and are ignored.
 */
const MAX_IDENTIFIER_LENGTH = 512;

/**
 * Letters that NFKD keeps but the Unicode collations of MySQL and MariaDB equate with plain ones.
 */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' },
  ...{ đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ŋ: 'n', ø: 'o', ŧ: 't', ƶ: 'z' },
};

/** The distance of code points between a letter in Katakana and in Hiragana. */
const KANA_DISTANCE = 0x60;

/**
 * Returns the name under which failed logins on an account are counted.
 *
 * users-permissions looks up e-mail addresses in lower case, and some databases ignore case,
 * accents, strokes, spaces and invisible characters in user names. All such spellings count as one.
 */
export function accountKeyOf(identifier: string): string {
  return identifier
    .slice(0, MAX_IDENTIFIER_LENGTH)
    .normalize('NFKD')
    .replace(/[\p{M}\p{C}\s]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/[^\x00-\x7f]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[ァ-ヶ]/gu, (letter) =>
      String.fromCodePoint((letter.codePointAt(0) ?? 0) - KANA_DISTANCE),
    );
}
