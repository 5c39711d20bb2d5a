import { expect, test } from 'vitest';
import { Step } from '../../../../shared/contracts/run';
import { legend } from '../../../../web/src/gantt/layerOf';

test('every step that a run may have is explained once', () => {
  const explained = legend.flatMap(({ steps }) => steps);
  expect(explained.sort()).toEqual([...Step.shape.name.options].sort());
});
