import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Settings } from '../../shared/config';

const PLATFORM = ['FUNCTIONS_WORKER_RUNTIME'];

test('the sample of the settings has exactly the settings that the app reads', () => {
  const sample = JSON.parse(readFileSync(join(__dirname, '../../local.settings.sample.json'), 'utf8')) as {
    Values: Record<string, string>;
  };
  const keys = Object.keys(sample.Values).filter((key) => !PLATFORM.includes(key));
  expect(keys.sort()).toEqual(Object.keys(Settings.shape).sort());
});
