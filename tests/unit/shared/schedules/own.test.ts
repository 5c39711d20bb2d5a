import { expect, test } from 'vitest';
import { Schedule } from '../../../../shared/contracts/schedule';
import { OWN_TICKS } from '../../../../shared/schedules/own';

test.each(Object.values(OWN_TICKS))('no schedule of a catalog can be named %s', (name) => {
  expect(Schedule.shape.name.safeParse(name).success).toBe(false);
});
