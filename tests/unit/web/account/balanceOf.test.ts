import { describe, expect, test } from 'vitest';
import { balanceOf } from '../../../../web/src/account/balanceOf';

describe('balanceOf', () => {
  test.each([
    ['10', '8', '2', 'balanced'],
    ['10', '8', '1', { off: '+1' }],
    ['10', '11', '0', { off: '-1' }],
    ['9007199254740993', '9007199254740992', '0', { off: '+1' }],
  ])('of %s read, %s landed and %s rejected is exact', (read, landed, rejected, expected) => {
    expect(balanceOf({ read, landed, rejected })).toEqual(expected);
  });
});
