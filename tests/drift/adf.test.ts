import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allActivities, faultsOf, type Kind } from '../../local/adf/definition/check';
import { callsIn, expressionsIn } from '../../local/adf/definition/expressions';
import { Pipeline } from '../../local/adf/definition/pipeline';
import { referencesIn } from '../../local/adf/definition/references';
import type { Node } from '../../local/adf/expression/parse';

interface File {
  readonly name: string;
  readonly properties: { parameters?: Record<string, unknown>; description?: string };
}

const FOLDERS = [
  ['pipeline', 'pipelines'],
  ['dataset', 'datasets'],
  ['linkedService', 'linkedservices'],
] as const;
const read = (folder: string): File[] =>
  readdirSync(join(__dirname, '../../adf', folder)).map((file) => {
    const found = JSON.parse(readFileSync(join(__dirname, '../../adf', folder, file), 'utf8')) as File;
    expect(`${found.name}.json`).toBe(file);
    return found;
  });
const files = new Map<Kind, File[]>(FOLDERS.map(([folder, kind]) => [kind, read(folder)]));
const all = [...files].flatMap(([kind, list]) => list.map((file) => ({ kind, file })));
const exists = (kind: Kind, name: string) => files.get(kind)?.some((file) => file.name === name) ?? false;

const literal = (node: Node | undefined): string => (node?.kind === 'literal' ? String(node.value) : '');

/** Names read as `<call>.parameters.<name>` or, for data sets and linked services, as `<call>.<name>`. */
function readNames(json: unknown, context: string): string[] {
  const walk = (node: Node): string[] => {
    if (node.kind === 'literal') return [];
    if (node.kind === 'call') return node.args.flatMap(walk);
    const { target, key } = node;
    const owner =
      context === 'pipeline' && target.kind === 'access' && literal(target.key).toLowerCase() === 'parameters'
        ? target.target
        : target;
    const mine =
      owner.kind === 'call' &&
      owner.name.toLowerCase() === context.toLowerCase() &&
      (context !== 'pipeline' || owner !== target);
    return [...(mine ? [literal(key)] : []), ...walk(target), ...walk(key)];
  };
  return expressionsIn(json).flatMap(({ nodes }) => nodes.flatMap(walk));
}

const contexts: Record<Kind, string> = { pipelines: 'pipeline', datasets: 'dataset', linkedservices: 'linkedService' };
const kinds = {
  PipelineReference: 'pipelines',
  DatasetReference: 'datasets',
  LinkedServiceReference: 'linkedservices',
} as const;

describe('the Data Factory', () => {
  test('has the six pipelines, and no source has one of its own', () => {
    expect(files.get('pipelines')?.map(({ name }) => name)).toEqual([
      'copy_landed_files',
      'copy_mysql_snapshot',
      'copy_mysql_window',
      'copy_sftp_files',
      'export_gold',
      'purge_expired',
    ]);
  });

  test.each(all)('$kind $file.name has nothing unknown in it and says what it is for', ({ kind, file }) => {
    expect(faultsOf(kind, file.name, file.properties, exists)).toEqual([]);
    expect(file.properties.description).toMatch(/\.$/);
  });

  test.each(all)('$kind $file.name uses every parameter that it declares, and no other', ({ kind, file }) => {
    const declared = Object.keys(file.properties.parameters ?? {}).sort();
    const used = [...new Set(readNames(file.properties, contexts[kind]))].sort();
    expect(used).toEqual(declared);
  });

  test.each(all)('$kind $file.name passes parameters that exist, and every one that is needed', ({ file }) => {
    for (const { kind, name, parameters } of referencesIn(file.properties)) {
      const target = files.get(kinds[kind])?.find((one) => one.name === name);
      const declared = Object.entries(target?.properties.parameters ?? {});
      const needed = declared.filter(([, value]) => (value as { defaultValue?: unknown }).defaultValue === undefined);
      expect(declared.map(([key]) => key)).toEqual(expect.arrayContaining([...parameters]));
      expect(parameters).toEqual(expect.arrayContaining(needed.map(([key]) => key)));
    }
  });

  test.each(files.get('pipelines') ?? [])('pipeline $name looks only at activities that it has', ({ properties }) => {
    const known = allActivities(Pipeline.parse(properties).activities).map(({ name }) => name);
    const asked = expressionsIn(properties).flatMap(({ nodes }) =>
      nodes
        .flatMap(callsIn)
        .filter(({ name }) => name.toLowerCase() === 'activity')
        .map(({ args }) => literal(args[0])),
    );
    expect(known).toEqual(expect.arrayContaining(asked));
  });

  test('each pipeline carries the run key by which a lost start is found again', () => {
    for (const { properties } of files.get('pipelines') ?? []) expect(properties.parameters).toHaveProperty('runKey');
  });
});
