import { isIPv6 } from 'node:net';

/** More of an identifier than fits into a column of the users is not looked at. */
const MAX_IDENTIFIER_LENGTH = 512;

/** What the Unicode collation of MySQL and MariaDB takes for plain letters, though NFKD leaves it. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th' },
  ...{ đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ŋ: 'n', ø: 'o', ŧ: 't', ƶ: 'z' },
};

/** The letters of Katakana stand as far behind those of Hiragana. */
const KANA_DISTANCE = 0x60;

/**
 * Gives the name under which failed logins on an account are counted.
 *
 * users-permissions looks for e-mail addresses in lower case, and some databases find a user name
 * whatever its case, accents, strokes, spaces and invisible characters. All such spellings count as
 * one.
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

/**
 * Gives the network under which failed logins from an address are counted: the address itself, or
 * the first 64 bits of an IPv6 address, since whoever has one has all that share them.
 */
export function networkKeyOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [withoutZone] = address.split('%');
  const { hostname } = new URL(`http://[${withoutZone}]/`);
  const [head = [], tail = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
