import { expect, test } from 'vitest';
import { activities } from '../../activities/all';
import { routes } from '../../functions/api/all';
import { orchestrations } from '../../orchestrators/all';
import * as erasure from '../../shared/contracts/erasure';
import * as maintenance from '../../shared/contracts/maintenance';
import * as replay from '../../shared/contracts/replay';
import * as steps from '../../shared/contracts/steps';
import * as files from '../../shared/contracts/steps/files';
import * as keys from '../../shared/contracts/steps/keys';
import * as letters from '../../shared/contracts/steps/letters';
import * as listing from '../../shared/contracts/steps/listing';

test('every activity contract has exactly one implementation', () => {
  const areas = { ...steps, ...replay, ...files, ...keys, ...letters, ...listing, ...maintenance, ...erasure };
  const names = Object.values(areas).flatMap((value) =>
    typeof value === 'object' && value !== null && 'retry' in value ? [(value as { name: string }).name] : [],
  );
  expect(names.length).toBeGreaterThan(20);
  expect(activities.map(({ name }) => name).sort()).toEqual(names.sort());
});

test('no two functions of the app have one name', () => {
  const names = [...activities, ...orchestrations, ...routes].map(({ name }) => name.toLowerCase());
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
