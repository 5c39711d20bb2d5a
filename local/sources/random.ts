/** A small seeded generator of random numbers (splitmix32): the same seed gives the same shop on every machine. */
export interface Random {
  /** A float in [0, 1). */
  unit(): number;
  /** A whole number in [0, below). */
  below(below: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A whole number >= 0 with this mean and a long tail. */
  tail(mean: number): number;
  /** A signed 64-bit integer, all 64 bits used. */
  int64(): bigint;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const unit = () => bits() / 2 ** 32;
  return {
    unit,
    below: (below) => Math.floor(unit() * below),
    chance: (probability) => unit() < probability,
    tail: (mean) => Math.floor(-Math.log(1 - unit()) * mean),
    int64: () => BigInt.asIntN(64, (BigInt(bits()) << 32n) | BigInt(bits())),
  };
}
