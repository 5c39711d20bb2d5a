import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Metadata } from '../disk';
import type { World } from '../world';
import { type Finding, finding } from './finding';

const Mail = z.object({ message: z.object({ content: z.object({ subject: z.string() }) }) });

/** Every failed run has its letter, and none was sent twice: a subject names its run. */
export async function mail(world: World, { runs, letters }: Metadata): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { run, status } of runs)
    if (status === 'Failed' && !letters.some(({ key }) => key.startsWith(run)))
      findings.push(finding('C6', `run ${run} failed and no letter says so`));
  const folder = join(world.layout.state, 'mail/mails');
  const names = await readdir(folder).catch(() => [] as string[]);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const subjects = texts.map((text) => Mail.parse(JSON.parse(text)).message.content.subject);
  for (const subject of new Set(subjects.filter((one, at) => subjects.indexOf(one) !== at)))
    findings.push(finding('C6', `a letter was sent more than once: ${subject}`));
  return findings;
}
