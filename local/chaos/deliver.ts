import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tool } from '../cli/tool';
import type { World } from './world';

/** Something new for a source of each kind. Each delivery has content that was never there before. */
export const deliver = {
  mysql: (world: World) => world.live(),
  /** The partner sends the first report anew, with one country more. */
  async sftp(world: World): Promise<void> {
    const folder = join(world.layout.state, 'sftp/reports');
    const name = 'Buyers-repartition-by-country.csv';
    const [header = '', ...lines] = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
    const cells = header.split(',').map((_, at) => (at === 0 ? `Country ${world.dice.below(1_000_000_000)}` : '1'));
    await writeFile(join(folder, `.${name}.part`), `${[header, ...lines, cells.join(',')].join('\n')}\n`);
    await rename(join(folder, `.${name}.part`), join(folder, name));
  },
  /** A file with one country is put into landing; its event starts a run of its own. */
  async blob(world: World): Promise<void> {
    const folder = join(world.layout.state, 'sources');
    await mkdir(folder, { recursive: true });
    const number = world.dice.below(1_000_000_000);
    const file = join(folder, `country-${number}.csv`);
    await writeFile(file, `code,name\nX${number},Country ${number}\n`);
    const { code } = await tool(world.layout, 'local/cli/dropFile.js', [file, `countries/country-${number}.csv`]);
    if (code !== 0) throw new Error(`the file was not taken: exit code ${code}`);
  },
} as const;
