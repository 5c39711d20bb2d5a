import { describe, expect, test } from 'vitest';
import { SchemaPolicy, type SourceSchema } from '../../../../shared/contracts/schema';
import { accepted, schemaChanges } from '../../../../shared/schema/diff';
import { parkingProblem, reportedChanges } from '../../../../shared/schema/problems';
import { shopCatalog } from '../../../support/shop';

const table = shopCatalog().tables.find(({ name }) => name === 'countries');
if (!table) throw new Error('the shop has countries');
const policy = SchemaPolicy.parse({});
const columns = (types: Record<string, string>) => Object.entries(types).map(([name, type]) => ({ name, type }));
const found = (types: Record<string, string>, sometimes: string[] = []) => ({ columns: columns(types), sometimes });
const before = (types: Record<string, string>, absent: string[] = []): SourceSchema => ({
  source: 'countries',
  columns: columns(types),
  absent,
  window: '1',
  at: '2026-01-01T00:00:00.000Z',
  by: 'run',
});
const both = { code: 'char(2)', name: 'varchar(50)' };
const changes = (was: SourceSchema | null, now: ReturnType<typeof found>) => schemaChanges(policy, table, was, now);
const briefly = (was: SourceSchema | null, now: ReturnType<typeof found>) =>
  changes(was, now).map(({ column, kind, policy: verdict }) => `${column} ${kind} ${verdict}`);

describe('schemaChanges', () => {
  test.each([
    ['the same columns', both, []],
    ['another order and other capitals', { NAME: 'varchar(50)', Code: 'char(2)' }, []],
    ['a column more', { ...both, zone: 'int(11)' }, ['zone added report']],
    ['a column less', { code: 'char(2)' }, ['name removed park']],
    ['a renamed column', { code: 'char(2)', title: 'varchar(50)' }, ['name removed park', 'title added report']],
    ['a wider column', { ...both, name: 'text' }, ['name widened report']],
    ['a narrower column', { ...both, name: 'varchar(20)' }, ['name narrowed park']],
    ['a retyped column', { ...both, code: 'int(11)' }, ['code retyped park']],
  ])('of %s', (_what, now, expected) => {
    expect(briefly(before(both), found(now))).toEqual(expected);
  });

  test('before anything has landed compare names with the catalog alone, since it knows no types of the source', () => {
    expect(briefly(null, found({ code: 'int(11)', zone: 'int(11)' }))).toEqual([
      'name removed park',
      'zone added report',
    ]);
  });

  test('say before and after, and what to do', () => {
    expect(changes(before(both), found({ ...both, code: 'int(11)' }))).toEqual([
      expect.objectContaining({
        column: 'code',
        before: 'char(2)',
        after: 'int(11)',
        next: expect.stringContaining('undo'),
      }),
    ]);
  });

  test('of undeclared columns are reported once, when they come', () => {
    const was = before({ ...both, zone: 'int(11)' });
    expect(briefly(was, found({ ...both, zone: 'text' }))).toEqual([]);
    expect(briefly(was, found(both))).toEqual([]);
  });

  test('that were accepted are no changes any more, and the way back is one', () => {
    const gone = found({ code: 'char(2)' });
    const now = accepted(table, gone, { source: 'countries', window: '2', at: '2026-01-02T00:00:00.000Z', by: 'eva' });
    expect(now).toMatchObject({ absent: ['name'], by: 'eva' });
    expect(briefly(now, gone)).toEqual([]);
    expect(briefly(now, found(both))).toEqual(['name added report']);
  });

  test('of files of two vintages count a column as there only when every file has it', () => {
    expect(briefly(null, found(both, ['name']))).toEqual(['name removed park']);
    expect(briefly(null, found({ ...both, zone: 'String' }, ['zone']))).toEqual(['zone added report']);
  });
});

describe('the problem of a window', () => {
  test('is none when the policy lets every change pass; then they are news', () => {
    const some = changes(before(both), found({ ...both, name: 'text' }));
    expect(parkingProblem('countries', some)).toBeNull();
    expect(reportedChanges('countries', some)).toMatchObject([{ code: 'SCHEMA_REPORTED' }]);
  });

  test('names each change in a line with before, after, policy and cure, and how to go on', () => {
    const problem = parkingProblem('countries', changes(before(both), found({ code: 'int(11)', zone: 'int(11)' })));
    expect(problem?.code).toBe('SCHEMA_REMOVED');
    expect(problem?.why.split('\n')).toEqual([
      'its columns are no longer what they were:',
      expect.stringMatching(/^ {2}name: varchar\(50\) -> gone \(removed, policy park\): bring it back/),
      expect.stringMatching(/^ {2}code: char\(2\) -> int\(11\) \(retyped, policy park\): undo it/),
      expect.stringMatching(/^ {2}zone: not there -> int\(11\) \(added, policy report\): declare it/),
    ]);
    expect(problem?.next).toContain('tidemark resume countries --accept');
  });
});
