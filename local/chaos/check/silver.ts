import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { literal } from '../../adf/connectors/sqlText';
import { connectShop } from '../../sources/connect';
import { isFlag, userColumns } from '../../sources/user';
import { shopUrl } from '../../supervisor/stack';
import type { World } from '../world';
import { type Finding, finding } from './finding';
import type { Query } from './query';

const columns = [...userColumns, 'updated_at', 'deleted_at'] as const;

/** The users as the source holds them now, as a CSV of text; an absent value is an empty field. */
export async function sourceFile(world: World): Promise<string> {
  const { stack } = await world.running();
  const connection = await connectShop(shopUrl(stack));
  const [rows] = await connection.query<RowDataPacket[]>('SELECT * FROM users');
  await connection.end();
  const lines = rows.map((row) => columns.map((name) => (row[name] === null ? '' : String(row[name]))).join(','));
  const folder = join(world.layout.state, 'check');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'source.csv'), `${[columns.join(','), ...lines].join('\n')}\n`);
  return join(folder, 'source.csv');
}

/** Every row of the source is in silver as it is there, and nothing else is: nothing lost, nothing doubled. */
export async function silver(world: World, query: Query, source: string): Promise<Finding[]> {
  await query(
    `CREATE OR REPLACE VIEW source AS SELECT ${list('source')} FROM read_csv(${literal(source)}, header = true, all_varchar = true)`,
  );
  const table = join(world.layout.lake, 'silver/users');
  await query(`CREATE OR REPLACE VIEW silver AS SELECT ${list('silver')} FROM delta_scan(${literal(table)})`);
  const [[lost = '0'] = []] = await query('SELECT count(*) FROM (FROM source EXCEPT ALL FROM silver)');
  const [[extra = '0'] = []] = await query('SELECT count(*) FROM (FROM silver EXCEPT ALL FROM source)');
  return [
    ...(lost === '0' ? [] : [finding('C1', `${lost} rows of the source are not in silver as they are there`)]),
    ...(extra === '0' ? [] : [finding('C2', `${extra} rows of silver are not in the source`)]),
  ];
}

/** One way to write each value, whichever of the two it comes from. */
const list = (from: 'source' | 'silver'): string =>
  columns.map((name) => `${canonical(name, from)} AS "${name}"`).join(', ');

function canonical(name: (typeof columns)[number], from: 'source' | 'silver'): string {
  if (name === 'updated_at' || name === 'deleted_at') {
    const time = from === 'source' ? `"${name}"::TIMESTAMP` : `("${name}" AT TIME ZONE 'UTC')`;
    return `strftime(${time}, '%Y-%m-%d %H:%M:%S.%f')`;
  }
  if (isFlag(name)) return `CASE WHEN "${name}"::VARCHAR IN ('1', 'true') THEN '1' ELSE '0' END`;
  if (name === 'identifierHash') return `"${name}"::VARCHAR`;
  return `coalesce(try_cast("${name}" AS DECIMAL(18,4))::VARCHAR, "${name}"::VARCHAR)`;
}
