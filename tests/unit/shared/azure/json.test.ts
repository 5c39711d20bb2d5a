import { expect, test } from 'vitest';
import { parseJson } from '../../../../shared/azure/json';

test('whole numbers of 16 digits and more stay as they were written', () => {
  expect(parseJson('{"run_id":9223372036854775807,"n":-12345678901234567,"small":123456789012345}')).toEqual({
    run_id: '9223372036854775807',
    n: '-12345678901234567',
    small: 123456789012345,
  });
});

test('texts that look like numbers, and fractions, are left alone', () => {
  const text =
    '{"a":"x 12345678901234567 \\" 12345678901234567","b":0.12345678901234567,"c":1e3,"12345678901234567":1}';
  expect(parseJson(text)).toEqual(JSON.parse(text));
});
