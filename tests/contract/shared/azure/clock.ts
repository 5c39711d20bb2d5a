/** A clock that a test moves. */
export interface Clock {
  now: () => Date;
  pass(seconds: number): void;
}

export function clock(start = '2026-11-22T18:15:00.000Z'): Clock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    pass(seconds) {
      at += seconds * 1000;
    },
  };
}
