/** Returns random numbers that a seed repeats (mulberry32): `below(n)` whole numbers from 0 to n - 1. */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  below(limit) {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** Returns well-formed text of so many code points, from ASCII to the astral planes. */
  text(length) {
    const ranges = [
      [0x20, 0x7f],
      [0x00, 0x20],
      [0x80, 0x800],
      [0x800, 0xd800],
      [0xe000, 0x10000],
      [0x10000, 0x110000],
    ];
    const [from, to] = this.below(2) ? ranges[0] : [null, null];
    const point = () => {
      const [low, high] = from === null ? this.pick(ranges) : [from, to];
      return low + this.below(high - low);
    };
    return String.fromCodePoint(...Array.from({ length }, point));
  }
}

/** Returns the seed of the environment's SEED, or a new one; a failing run is repeated with it. */
export function seedOfRun() {
  return Number(process.env.SEED ?? Date.now() % 2 ** 32);
}
