import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { places } from './fixture/places';
import { type Fixture, serveFixture } from './fixture/serveFixture';
import { shop } from './fixture/shop';

const FAILED = '20261122T181500-f41ed000';

describe('the dashboard', () => {
  const world = shop();
  let browser: Browser;
  let fixture: Fixture;
  beforeAll(async () => {
    browser = await openChromium();
    fixture = await serveFixture(inject('dashboard'), world);
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  test('draws every step of a run, each with its own link and a line in the table', async () => {
    const { page } = await openDashboard(browser, fixture, places.failed);
    await page.locator('[data-step]').first().waitFor();
    const ids = (world.steps.get(FAILED) ?? []).map((step) => step.id);
    const drawn = await page
      .locator('[data-step]')
      .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('data-step')));
    expect([...drawn].sort()).toEqual([...ids].sort());
    expect(await page.locator('.fold tbody tr').count()).toBe(ids.length);
    await page.context().close();
  });

  test('marks a source that is late in the list of sources and on its page', async () => {
    const { page } = await openDashboard(browser, fixture, places.sources);
    await page.locator('tr', { hasText: 'countries' }).getByText('stale', { exact: true }).waitFor();
    expect(await page.getByText('stale', { exact: true }).count()).toBe(1);
    await page.getByRole('link', { name: 'countries' }).click();
    await page.locator('.facts').getByText('stale', { exact: true }).waitFor();
    await page.context().close();
  });

  test('says what failed, where, why and what to do before it shows anything else of a run', async () => {
    const { page } = await openDashboard(browser, fixture, places.failed);
    const text = ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ');
    expect(text.indexOf('SCHEMA_REMOVED')).toBeLessThan(text.indexOf('Steps'));
    expect(text).toContain('partner_buyers: the file Buyers-repartition-by-country-2026-11-22.csv has no column');
    expect(text).toContain('Next: Ask the partner');
    expect(await page.locator('.problem').count()).toBe(2);
    await page.context().close();
  });

  test('accounts for every row and shows the bounds as the source printed them', async () => {
    const { page } = await openDashboard(browser, fixture, places.failed);
    const users = page.locator('.account tbody tr').first();
    await users.getByText('1,284 = 1,281 + 3').waitFor();
    await expect.poll(() => users.locator('[data-label="Counted"]').textContent()).toBe('1,284');
    expect(await users.textContent()).toContain('2026-11-22 18:14:57.482913]');
    await page.context().close();
  });

  test('shows a step under the keyboard, and opens it by its address', async () => {
    const { page } = await openDashboard(browser, fixture, places.failed);
    const bar = page.locator('[data-step="users/copy"]');
    await bar.focus();
    expect(await page.locator('.step-detail').textContent()).toContain('adf-90d2');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('?step=users%2Fcopy');
    await page.context().close();
  });

  test('keeps filters in the address', async () => {
    const { page } = await openDashboard(browser, fixture, '/runs?status=Failed');
    await page.locator('table.runs tbody tr').first().waitFor();
    expect(await page.locator('table.runs tbody tr').count()).toBe(1);
    await page.getByLabel('Status').selectOption('');
    await page.getByLabel('Trigger').selectOption('blob');
    await expect.poll(() => page.url()).toBe(`${fixture.url}/#/runs?trigger=blob`);
    expect(await page.locator('table.runs tbody tr').count()).toBe(3);
    await page.context().close();
  });

  test('says of every alert whether it was sent, was not taken or waits for its first turn', async () => {
    const { page } = await openDashboard(browser, fixture, places.alerts);
    const states = page.locator('[data-label="State"]');
    await states.first().waitFor();
    expect(await states.allTextContents()).toEqual(['sent', 'not taken', 'queued']);
    await page.context().close();
  });

  test('explains how to start before the first run', async () => {
    const empty = await serveFixture(inject('dashboard'), { ...world, runs: [] });
    const { page } = await openDashboard(browser, empty, '/runs');
    await page.getByText('Nothing has run yet.').waitFor();
    await page.context().close();
    await empty.close();
  });

  test('pages through the rows of a dataset and saves its published file', async () => {
    const { page } = await openDashboard(browser, fixture, places.dataset);
    await page.getByText('Next 50 rows').click();
    await expect.poll(() => page.locator('table.data tbody tr').count()).toBe(12);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Buyers-repartition-by-country.csv');
    const saved = await readFile(await download.path(), 'utf8');
    expect(saved.split('\r\n')).toHaveLength(64);
    await page.context().close();
  });
});
