import { deflateRawSync, gzipSync } from 'node:zlib';
import { CsvFormat } from '../../shared/contracts/catalog';

/** A file that somebody may send, and what has to become of it: rows and rejected lines, nothing, or a refusal. */
export interface Sample {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly format: CsvFormat;
  readonly expect:
    | {
        readonly columns: string[];
        readonly rows: (string | null)[][];
        readonly rejected: [line: number, why: RegExp][];
      }
    | { readonly refused: RegExp }
    | 'empty';
}

type Rest = Partial<CsvFormat> & { name?: string; columns?: string[] };

const sample = (
  what: string,
  bytes: string | Buffer,
  expected: Sample['expect'],
  { name, columns, ...format }: Rest = {},
): Sample => ({
  what,
  name: name ?? 'a.csv',
  bytes: Buffer.from(bytes),
  format: CsvFormat.parse(format),
  expect: columns && typeof expected === 'object' && 'rows' in expected ? { ...expected, columns } : expected,
});
const rows = (some: (string | null)[][], ...rejected: [number, RegExp][]) => ({
  columns: ['id', 'name'],
  rows: some,
  rejected,
});
const refused = (why: RegExp) => ({ refused: why });

const A = [['1', 'a']];
const AB = [...A, ['2', 'b']];
const FEW = /Columns: 2 Found: 1/;
const MANY = /Columns: 2 Found: 3/;
const OPEN = /unterminated quote/;

/** A zip archive of files, as any tool writes it. */
export function zip(...files: [name: string, content: string | Buffer][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const [title, plain] = [Buffer.from(name), Buffer.from(content)];
    const packed = deflateRawSync(plain);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(plain.length, 18);
    about.writeUInt16LE(title.length, 22);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), about, title, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, where, title);
    offset += 4 + about.length + title.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const swapped = (text: string) => Buffer.from(utf16(text)).swap16();

const SHAPES: Sample[] = [
  sample('plain rows', 'id,name\n1,a\n2,b\n', rows(AB)),
  sample('no end of line after the last row', 'id,name\n1,a\n2,b', rows(AB)),
  sample('Windows line ends', 'id,name\r\n1,a\r\n2,b\r\n', rows(AB)),
  sample('old Mac line ends', 'id,name\r1,a\r2,b\r', rows(AB)),
  sample('line ends of two kinds, Windows first', 'id,name\r\n1,a\n2,b\r\n', rows(AB)),
  sample('line ends of two kinds, Unix first', 'id,name\n1,a\r\n2,b\n', rows(AB)),
  sample('a lone CR between rows of another kind', 'id,name\n1,a\r2,b\n', rows(AB)),
  sample('blank lines between rows', 'id,name\n1,a\n\n2,b\n\n', rows(AB)),
  sample('a short row', 'id,name\n1\n2,b\n', rows([['2', 'b']], [2, FEW])),
  sample('a long row', 'id,name\n1,a,x\n2,b\n', rows([['2', 'b']], [2, MANY])),
  sample(
    'a short and a long row, lines told apart',
    'id,name\n1,a\n2\n3,c,x\n4,d\n',
    rows(
      [
        ['1', 'a'],
        ['4', 'd'],
      ],
      [3, FEW],
      [4, MANY],
    ),
  ),
  sample(
    'a row of delimiters alone',
    'id,name\n,\n1,a\n',
    rows([
      [null, null],
      ['1', 'a'],
    ]),
  ),
  sample('a delimiter behind every row', 'id,name\n1,a,\n2,b,\n', rows(AB)),
  sample('spaces around values, which stay', 'id,name\n 1 , a \n', rows([[' 1 ', ' a ']])),
  sample('columns in another order', 'name,id\na,1\n', rows([['a', '1']]), { columns: ['name', 'id'] }),
  sample('the header alone', 'id,name\n', rows([])),
  sample('the header alone, without an end of line', 'id,name', rows([])),
  sample('0 bytes', '', 'empty'),
  sample('blank lines alone', '\n\r\n  \n', 'empty'),
  sample('a mark of the encoding alone', '\uFEFF', 'empty'),
  sample('a column twice', 'id,name,id\n1,a,2\n', refused(/column id twice/)),
  sample('a column twice but for upper case', 'id,ID\n1,2\n', refused(/column ID twice/)),
  sample('a column without a name', 'id,\n1,a\n', refused(/without a name/)),
  sample('a delimiter behind the header', 'id,name,\n1,a,\n', refused(/without a name/)),
  sample('a column whose name has a space', 'id,full name\n1,a\n', refused(/column "full name": Parquet takes no/)),
  sample('a column of the engine', 'id,_file\n1,a\n', refused(/_file, which is a name of the engine/)),
  sample('a first line without end', `id,${'x'.repeat(1 << 20)}x`, refused(/first line has no end/)),
  sample('a header whose quote is never closed', '"id,name\n1,a\n', refused(/never closed/)),
  sample('a row of 3 MB', `id,name\n1,${'x'.repeat(3 << 20)}\n2,b\n`, rows([['2', 'b']], [2, /Maximum line size/i])),
  sample('a control-Z at the end, as DOS tools write it', 'id,name\n1,a\n\x1a', rows(A, [3, FEW])),
];

const QUOTES: Sample[] = [
  sample('a quoted delimiter', 'id,name\n1,"a,b"\n', rows([['1', 'a,b']])),
  sample(
    'a quoted end of line',
    'id,name\n1,"a\nb"\n2,b\n',
    rows([
      ['1', 'a\nb'],
      ['2', 'b'],
    ]),
  ),
  sample(
    'a quoted Windows end of line',
    'id,name\r\n1,"a\r\nb"\r\n2,b\r\n',
    rows([
      ['1', 'a\r\nb'],
      ['2', 'b'],
    ]),
  ),
  sample(
    'a quoted Windows end of line among Unix rows',
    'id,name\n1,"a\r\nb"\n2,b\n',
    rows([
      ['1', 'a\r\nb'],
      ['2', 'b'],
    ]),
  ),
  sample(
    'quoted ends of line among rows that end in two ways',
    'id,name\r\n1,"a\r\nb"\n2,"c\rd"\n',
    rows([
      ['1', 'a\r\nb'],
      ['2', 'c\rd'],
    ]),
  ),
  sample('a doubled quote', 'id,name\n1,"say ""a"""\n', rows([['1', 'say "a"']])),
  sample(
    'a backslash before a quote where quotes are doubled',
    'id,name\n1,"a \\"q\\" b"\n2,b\n',
    rows([['2', 'b']], [2, OPEN]),
  ),
  sample(
    'a backslash before a quote where it is declared',
    'id,name\n1,"a \\"q\\" b"\n2,b\n',
    rows([
      ['1', 'a "q" b'],
      ['2', 'b'],
    ]),
    { escape: '\\' },
  ),
  sample(
    'a quote inside a bare value',
    'id,name\n1,a"b\n2,b\n',
    rows([
      ['1', 'a"b'],
      ['2', 'b'],
    ]),
  ),
  sample('text behind a closing quote', 'id,name\n1,"a"b\n2,b\n', rows([['2', 'b']], [2, OPEN])),
  sample('a quote that is never closed, in the last row', 'id,name\n1,a\n2,"b\n', rows(A, [3, OPEN])),
  sample(
    'a quote that the next quote closes rows later',
    'id,name\n1,a\n2,"b\n3,c\n4,d"\n5,e\n',
    rows([
      ['1', 'a'],
      ['2', 'b\n3,c\n4,d'],
      ['5', 'e'],
    ]),
  ),
  sample(
    'a quoted nothing',
    'id,name\n1,""\n2,b\n',
    rows([
      ['1', null],
      ['2', 'b'],
    ]),
  ),
  sample('quotes in the header', '"id","name"\n1,a\n', rows(A)),
  sample('an end of line in the header', 'id,"na\nme"\n1,a\n', refused(/column "na\\nme": Parquet takes no/)),
  sample('single quotes, as declared', "id,name\n1,'a,b'\n", rows([['1', 'a,b']]), { quote: "'", escape: "'" }),
  sample('semicolons, as declared', 'id;name\n1;a,b\n', rows([['1', 'a,b']]), { delimiter: ';' }),
  sample('tabs, as declared', 'id\tname\n1\ta\n', rows(A), { delimiter: '\t' }),
  sample('semicolons, not declared', 'id;name\n1;a\n', refused(/column "id;name": Parquet takes no/)),
  sample(
    'a null value, as declared',
    'id,name\n1,NULL\n2,b\n',
    rows([
      ['1', null],
      ['2', 'b'],
    ]),
    { nullValue: 'NULL' },
  ),
];

const ENCODINGS: Sample[] = [
  sample('UTF-8 with a mark', '\uFEFFid,name\n1,a\n', rows(A)),
  sample('UTF-8 with a mark and a quoted header', '\uFEFF"id",name\n1,a\n', rows(A)),
  sample('letters of all kinds', 'id,name\n1,é€ß😀שלום\n', rows([['1', 'é€ß😀שלום']])),
  sample(
    'composed and decomposed letters, kept apart',
    'id,name\n1,\u00e9\n2,e\u0301\n',
    rows([
      ['1', '\u00e9'],
      ['2', 'e\u0301'],
    ]),
  ),
  sample('signs that turn the direction of text', 'id,name\n1,a\u202eb\n', rows([['1', 'a\u202eb']])),
  sample(
    'windows-1252 sent as UTF-8',
    latin('id,name\n1,a\n2,caf\xe9\n'),
    refused(/line 3 holds bytes that are no UTF-8/),
  ),
  sample(
    'a letter cut in two at the end',
    Buffer.from('id,name\n1,é').subarray(0, -1),
    refused(/line 2 holds bytes that are no UTF-8/),
  ),
  sample('an overlong letter', Buffer.from('id,name\n1,\xc0\xaf\n', 'latin1'), refused(/no UTF-8/)),
  sample('half of a pair', Buffer.from('id,name\n1,\xed\xa0\x80\n', 'latin1'), refused(/no UTF-8/)),
  sample('U+FFFD where the sender lost a letter', 'id,name\n1,caf\uFFFD\n', refused(/line 2 .*sender lost a letter/)),
  sample('a NUL', 'id,name\n1,a\0b\n', refused(/line 2 holds a NUL/)),
  sample('UTF-16 sent as UTF-8', utf16('\uFEFFid,name\n1,a\n'), refused(/line 1 holds/)),
  sample('UTF-16', utf16('\uFEFFid,name\n1,é😀\n'), rows([['1', 'é😀']]), { encoding: 'UTF-16' }),
  sample('UTF-16 without a mark', utf16('id,name\n1,a\n'), rows(A), { encoding: 'UTF-16' }),
  sample('UTF-16 of the other byte order', swapped('\uFEFFid,name\n1,a\n'), refused(/it is UTF-16BE/), {
    encoding: 'UTF-16',
  }),
  sample('UTF-16BE', swapped('\uFEFFid,name\n1,a\n'), rows(A), { encoding: 'UTF-16BE' }),
  sample('UTF-16 that ends within a letter', utf16('id,name\n1,a\n').subarray(0, -1), refused(/no UTF-16/), {
    encoding: 'UTF-16',
  }),
  sample('windows-1252', latin('id,name\n1,caf\xe9 \x80\n'), rows([['1', 'café €']]), { encoding: 'windows-1252' }),
  sample('a byte that windows-1252 has no letter for', latin('id,name\n1,a\x81\n'), refused(/line 2 .*no letter/), {
    encoding: 'windows-1252',
  }),
  sample('UTF-8 sent as windows-1252', 'id,name\n1,café\n', refused(/it is UTF-8/), { encoding: 'windows-1252' }),
  sample('ISO-8859-1', latin('id,name\n1,caf\xe9\n'), rows([['1', 'café']]), { encoding: 'ISO-8859-1' }),
  sample('windows-1252 sent as ISO-8859-1', latin('id,name\n1,5 \x80\n'), refused(/no letter/), {
    encoding: 'ISO-8859-1',
  }),
  sample('Latin-2', latin('id,name\n1,\xa3\xf3d\xbc\n'), rows([['1', 'Łódź']]), { encoding: 'ISO-8859-2' }),
  sample('windows-1250', latin('id,name\n1,\xa3\xf3d\x9f\n'), rows([['1', 'Łódź']]), { encoding: 'windows-1250' }),
];

const PACKED: Sample[] = [
  sample('gzip', gzipSync('id,name\n1,a\n'), rows(A), { name: 'a.csv.gz' }),
  sample('gzip in two members', Buffer.concat([gzipSync('id,name\n1,a\n'), gzipSync('2,b\n')]), rows(AB), {
    name: 'a.csv.gz',
  }),
  sample('gzip of windows-1252', gzipSync(latin('id,name\n1,\xe9\n')), rows([['1', 'é']]), {
    name: 'a.csv.gz',
    encoding: 'windows-1252',
  }),
  sample('gzip of nothing', gzipSync(''), 'empty', { name: 'a.csv.gz' }),
  sample(
    'gzip that is cut short',
    gzipSync('id,name\n1,a\n'.repeat(99)).subarray(0, -9),
    refused(/not the gzip file/),
    { name: 'a.csv.gz' },
  ),
  sample('plain text called gzip', 'id,name\n1,a\n', refused(/not the gzip file/), { name: 'a.csv.gz' }),
  sample('gzip called plain text', gzipSync('id,name\n1,a\n'), refused(/line 1 holds/)),
  sample('zip', zip(['inside.csv', 'id,name\n1,a\n']), rows(A), { name: 'a.zip' }),
  sample('zip with a folder', zip(['in/', ''], ['in/side.csv', 'id,name\n1,a\n']), rows(A), { name: 'a.zip' }),
  sample('zip of UTF-16', zip(['a.csv', utf16('\uFEFFid,name\n1,é\n')]), rows([['1', 'é']]), {
    name: 'a.ZIP',
    encoding: 'UTF-16',
  }),
  sample('zip of two files', zip(['a.csv', 'id\n1\n'], ['b.csv', 'id\n2\n']), refused(/holds 2 files/), {
    name: 'a.zip',
  }),
  sample('zip of nothing', zip(), refused(/holds 0 files/), { name: 'a.zip' }),
  sample('zip that is cut short', zip(['a.csv', 'id,name\n1,a\n']).subarray(0, -10), refused(/no zip archive/), {
    name: 'a.zip',
  }),
  sample('gzip of a row that is no row', gzipSync('id,name\n1\n2,b\n'), rows([['2', 'b']], [2, FEW]), {
    name: 'a.csv.gz',
  }),
];

const SPREADSHEETS: Sample[] = [
  sample(
    'ids past 2^53, with signs and zeros',
    'id,name\n-9223372036854775808,a\n9007199254740993,b\n007,c\n',
    rows([
      ['-9223372036854775808', 'a'],
      ['9007199254740993', 'b'],
      ['007', 'c'],
    ]),
  ),
  sample('an id that a spreadsheet has rounded, as text', 'id,name\n1.23E+18,a\n', rows([['1.23E+18', 'a']])),
  sample('a date that was none', 'id,name\n1,1-Mar\n', rows([['1', '1-Mar']])),
  sample('decimals with a comma', 'id,name\n"1,5",a\n', rows([['1,5', 'a']])),
  sample(
    'truth in two languages',
    'id,name\n1,TRUE\n2,PRAWDA\n',
    rows([
      ['1', 'TRUE'],
      ['2', 'PRAWDA'],
    ]),
  ),
  sample('a formula', 'id,name\n1,"=HYPERLINK(""x"")"\n', rows([['1', '=HYPERLINK("x")']])),
  sample('a line that tells the separator', 'sep=;\nid;name\n', refused(/column "sep=;": Parquet takes no/)),
];

export const corpus: readonly Sample[] = [...SHAPES, ...QUOTES, ...ENCODINGS, ...PACKED, ...SPREADSHEETS];
