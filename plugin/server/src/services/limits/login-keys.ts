import { isIPv6 } from 'node:net';

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

/**
 * Returns the network under which failed logins from an address are counted.
 *
 * It is the IPv4 address, or the first 64 bits of an IPv6 address, because one client usually
 * controls a whole /64 network.
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
