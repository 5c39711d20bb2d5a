import { describe, expect, test } from 'vitest';
import { Faults, faultPlan } from '../../../../local/http/faults';

const plan = (faults: object[], now?: () => number) => {
  const made = faultPlan(now);
  made.add(Faults.parse(faults));
  return made;
};

describe('a fault plan', () => {
  test('strikes the named method and path prefix as often as it says', () => {
    const faults = plan([{ match: 'PUT /secrets/', kind: 'status', status: 429, times: 2 }]);
    expect(faults.take('GET', '/secrets/a')).toBeUndefined();
    expect(faults.take('PUT', '/other')).toBeUndefined();
    expect(faults.take('PUT', '/secrets/a')?.status).toBe(429);
    expect(faults.take('PUT', '/secrets/b')?.status).toBe(429);
    expect(faults.take('PUT', '/secrets/c')).toBeUndefined();
  });

  test('plays faults of one route in the order in which they were planned', () => {
    const faults = plan([
      { match: '* /', kind: 'drop-after' },
      { match: '* /', kind: 'delay', ms: 5 },
    ]);
    expect(faults.take('GET', '/a')?.kind).toBe('drop-after');
    expect(faults.take('GET', '/a')?.kind).toBe('delay');
  });

  test('keeps an outage up until its time is over', () => {
    let now = 0;
    const faults = plan([{ match: '* /', kind: 'outage', ms: 100 }], () => now);
    for (let i = 0; i < 5; i += 1) expect(faults.take('GET', '/')?.kind).toBe('outage');
    now = 101;
    expect(faults.take('GET', '/')).toBeUndefined();
  });

  test('refuses a rule without a method', () => {
    expect(Faults.safeParse([{ match: '/secrets', kind: 'status' }]).success).toBe(false);
  });
});
