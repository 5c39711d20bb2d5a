/** The values that a type can hold. Only types of one family compare; each size says more when it is larger. */
interface Domain {
  readonly family: string;
  readonly sizes: readonly number[];
  readonly members: readonly string[];
}

const BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  bigint: 64,
  int16: 16,
  int32: 32,
  int64: 64,
};
const LONGEST: Readonly<Record<string, readonly [family: string, bytes: number]>> = {
  tinytext: ['text', 255],
  text: ['text', 65_535],
  mediumtext: ['text', 16_777_215],
  longtext: ['text', 4_294_967_295],
  string: ['text', Number.POSITIVE_INFINITY],
  tinyblob: ['binary', 255],
  blob: ['binary', 65_535],
  mediumblob: ['binary', 16_777_215],
  longblob: ['binary', 4_294_967_295],
};
const SIZED: Readonly<Record<string, string>> = {
  char: 'text',
  varchar: 'text',
  binary: 'binary',
  varbinary: 'binary',
  datetime: 'datetime',
  timestamp: 'timestamp',
  time: 'time',
  bit: 'bit',
};
const PRECISE: Readonly<Record<string, number>> = { float: 24, single: 24, double: 53 };

/** @see https://mariadb.com/docs/server/reference/data-types */
function domainOf(type: string): Domain {
  const [, name = '', inside = '', rest = ''] =
    /^([^\s(]+)\s*(?:\((.*)\))?(.*)$/s.exec(type.trim().toLowerCase()) ?? [];
  const of = (family: string, ...sizes: number[]): Domain => ({ family, sizes, members: [] });
  const unsigned = /\bunsigned\b/.test(rest);
  const bits = BITS[name];
  // The number behind an integer type is the width in which it is shown, and says nothing of its values.
  if (bits !== undefined) return unsigned ? of('integer', bits, 0) : of('integer', bits - 1, bits - 1);
  if (name === 'decimal' || name === 'numeric') {
    const [digits = 10, scale = 0] = inside.split(',').filter(Boolean).map(Number);
    return of('decimal', digits - scale, scale, unsigned ? 0 : 1);
  }
  const precise = PRECISE[name];
  if (precise !== undefined) return of('float', precise, unsigned ? 0 : 1);
  const longest = LONGEST[name];
  if (longest) return of(...longest);
  const sized = SIZED[name];
  if (sized) return of(sized, Number(inside || (sized === 'text' || sized === 'binary' ? 1 : 0)));
  if (name === 'enum' || name === 'set') {
    return {
      family: name,
      sizes: [],
      members: [...type.matchAll(/'((?:[^']|'')*)'/g)].map(([, member = '']) => member),
    };
  }
  return of(`${name}(${inside})`);
}

/** How a column's type changed: wider when every old value still fits, narrower when some no longer do. */
export function typeChange(before: string, after: string): 'same' | 'widened' | 'narrowed' | 'retyped' {
  const [old, now] = [domainOf(before), domainOf(after)];
  if (old.family !== now.family) return 'retyped';
  const lost = old.members.some((member) => !now.members.includes(member));
  if (lost || old.sizes.some((size, at) => size > (now.sizes[at] ?? 0))) return 'narrowed';
  const grown = old.members.length < now.members.length || now.sizes.some((size, at) => size > (old.sizes[at] ?? 0));
  return grown ? 'widened' : 'same';
}
