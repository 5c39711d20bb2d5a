import { describe, expect, test } from 'vitest';
import { crc64 } from '../../../../local/lake/crc64';

describe('the CRC-64 of Azure Storage', () => {
  test('has the published check value of CRC-64/NVME, in one piece or in several', () => {
    const check = Buffer.from('ae8b14860a799888', 'hex').reverse();
    const whole = crc64();
    whole.update(Buffer.from('123456789'));
    expect(whole.digest()).toEqual(check);
    const pieces = crc64();
    for (const piece of ['123', '', '456789']) pieces.update(Buffer.from(piece));
    expect(pieces.digest()).toEqual(check);
  });
});
