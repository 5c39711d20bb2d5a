import { describe, expect, test } from 'vitest';
import type { Window } from '../../../../shared/contracts/window';
import { standing } from '../../../../shared/gold/standing';
import type { Publication } from '../../../../shared/ports/publications';
import { plannedWindow } from '../../../support/ledgerWindows';

const window = (number: number, landed: string, state: Window['state'] = 'committed'): Window =>
  plannedWindow({
    number: String(number),
    state,
    account: { counted: null, read: landed, landed, rejected: '0' },
  });
const form = (users: string): Publication => ({
  dataset: 'users',
  run: '20260101T000000-0000abcd',
  serial: '1',
  rows: '1',
  published: 'p',
  exported: 'e',
  at: '2026-01-01T00:00:00.000Z',
  inputs: { users },
});
const of = (windows: Window[], publication: Publication | null, whole = true, asides = '0') =>
  standing(publication, [{ source: 'users', table: 'users', windows, whole, asides }]);

describe('the standing of a dataset', () => {
  test('it is behind when a window with rows was committed after the one that it holds', () => {
    expect(of([window(3, '0'), window(2, '5'), window(1, '9')], form('1'))).toEqual({
      behind: true,
      inputs: { users: '3' },
    });
  });

  test('windows without rows do not put it behind', () => {
    expect(of([window(3, '0'), window(2, '0'), window(1, '9')], form('1')).behind).toBe(false);
  });

  test('a window that is not committed does not count', () => {
    expect(of([window(2, '5', 'landed'), window(1, '9')], form('1'))).toEqual({
      behind: false,
      inputs: { users: '1' },
    });
  });

  test('a form that is older than all windows that are listed counts as behind', () => {
    expect(of([window(9, '0'), window(8, '0')], form('3'), false).behind).toBe(true);
    expect(of([window(9, '0'), window(8, '0')], form('7'), false).behind).toBe(false);
  });

  test('changes beside the windows put it behind, until a form knows of them', () => {
    const before = of([window(1, '9')], form('1'), true, '2');
    expect(before).toEqual({ behind: true, inputs: { users: '1', 'users/asides': '2' } });
    const knowing = { ...form('1'), inputs: before.inputs };
    expect(of([window(1, '9')], knowing, true, '2').behind).toBe(false);
    expect(of([window(1, '9')], knowing, true, '3').behind).toBe(true);
  });

  test('without a form everything is new', () => {
    expect(of([window(1, '9')], null).behind).toBe(true);
    expect(of([], null).behind).toBe(false);
  });
});
