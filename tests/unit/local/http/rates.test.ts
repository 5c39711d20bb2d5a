import { describe, expect, test } from 'vitest';
import { quotaOf, RATES, ratesFrom } from '../../../../local/http/rates';

describe('the rates of the services', () => {
  test.each(Object.entries(RATES))('%s is as published, and says where', (name, { limits, source }) => {
    expect(source).toMatch(/^https:\/\/learn\.microsoft\.com\/azure\//);
    const quota = quotaOf(name as keyof typeof RATES);
    const [first] = limits;
    const waits = Array.from({ length: first.count + 1 }, () => quota.spend());
    expect(waits.slice(0, -1).every((wait) => wait === 0)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(0);
  });

  test('can be set in the environment, or lifted', () => {
    const rates = ratesFrom({ TIDEMARK_RATES: '{"mail.sends":[{"count":1,"seconds":60}],"mail.reads":[]}' });
    const sends = quotaOf('mail.sends', rates);
    expect([sends.spend(), sends.spend()]).toEqual([0, 60]);
    const reads = quotaOf('mail.reads', rates);
    expect(Array.from({ length: 100 }, () => reads.spend()).every((wait) => wait === 0)).toBe(true);
    expect(() => ratesFrom({ TIDEMARK_RATES: '{"mail.sent":[]}' })).toThrow();
  });
});
