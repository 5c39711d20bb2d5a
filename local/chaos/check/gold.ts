import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { computeReports } from '../../sources/reports';
import { isFlag, userColumns } from '../../sources/user';
import type { World } from '../world';
import { type Finding, finding } from './finding';

/** The published tables are, to the last byte, what another engine computes from the source. */
export async function gold(world: World, source: string): Promise<Finding[]> {
  const live = await liveUsers(source);
  const all = await readdir(join(world.layout.lake, 'exports'), { recursive: true });
  // What lies below a name with an underscore is not out yet.
  const exported = all.filter((path) => !path.startsWith('_'));
  const findings: Finding[] = [];
  for (const [name, wanted] of await computeReports(live)) {
    const path = exported.find((one) => one.endsWith(`/${name}`));
    const text = path && (await readFile(join(world.layout.lake, 'exports', path), 'utf8'));
    if (text !== wanted) findings.push(finding('C12', `${name} is not what the source gives`));
  }
  return findings;
}

/** The users that are not deleted, as a users file writes them. */
async function liveUsers(source: string): Promise<string> {
  const [, ...lines] = (await readFile(source, 'utf8')).trimEnd().split('\n');
  const rows = lines.map((line) => line.split(',')).filter((cells) => cells.at(-1) === '');
  const cell = (text: string, at: number) =>
    isFlag(userColumns[at] ?? 'type') ? (text === '1' ? 'True' : 'False') : text;
  const users = rows.map((cells) => cells.slice(0, userColumns.length).map(cell).join(','));
  const file = source.replace(/source\.csv$/, 'live.csv');
  await writeFile(file, `${[userColumns.join(','), ...users].join('\n')}\n`);
  return file;
}
