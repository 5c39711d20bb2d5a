import { expect, test } from 'vitest';
import { errorCode, symptomOf } from '../../../../shared/azure/symptom';

test.each([
  [
    'Key Vault and Communication Services',
    { code: 'Forbidden', details: { error: { code: 'Forbidden' } } },
    'Forbidden',
  ],
  ['Data Factory', { code: 'EntityNotFound', details: { code: 'EntityNotFound' } }, 'EntityNotFound'],
  ['a HEAD of the lake', { details: { errorCode: 'BlobNotFound' } }, 'BlobNotFound'],
  [
    'a DFS call whose body was no JSON',
    { code: 'PARSE_ERROR', details: { errorCode: 'PathNotFound' } },
    'PathNotFound',
  ],
  ['Tables', { details: { odataError: { code: 'TableNotFound' } } }, 'TableNotFound'],
  ['the network', { code: 'ECONNRESET' }, 'ECONNRESET'],
  ['nothing at all', 'no', ''],
])('the code of an error of %s is found', (_name, error, code) => {
  expect(errorCode(error)).toBe(code);
});

test('a symptom gathers the codes, the status and the words of all causes', () => {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(symptomOf(new TypeError('fetch failed', { cause }))).toEqual({
    status: 0,
    code: 'ECONNREFUSED',
    text: 'TypeError fetch failed | Error connect ECONNREFUSED',
  });
});
