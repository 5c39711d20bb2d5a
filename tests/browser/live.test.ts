import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { places } from './fixture/places';
import { type Fixture, serveFixture } from './fixture/serveFixture';
import { shop } from './fixture/shop';
import type { World } from './fixture/world';

const RUNNING = '20261122T183912-11fe0000';

describe('a run that is under way', () => {
  let browser: Browser;
  let fixture: Fixture;
  let world: World;
  beforeAll(async () => {
    browser = await openChromium();
    fixture = await serveFixture(inject('dashboard'), shop());
  });
  beforeEach(() => {
    world = shop();
    fixture.world = world;
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  const finish = () => {
    const run = world.runs.find((each) => each.run === RUNNING);
    if (run === undefined) throw new Error('the running run is gone');
    run.status = 'Succeeded';
    run.ended = '2026-11-22T18:41:00Z';
    const steps = (world.steps.get(RUNNING) ?? []).map((step) => ({
      ...step,
      status: 'Succeeded' as const,
      ended: step.ended ?? '2026-11-22T18:40:50Z',
    }));
    world.steps.set(RUNNING, steps);
  };

  test('shows a new step and its end without a click, and then asks no more', async () => {
    const { page, faults } = await openDashboard(browser, fixture, places.running);
    await page.locator('[data-step="users/copy"].status-running').waitFor();
    const known = world.steps.get(RUNNING) ?? [];
    const like = known[0];
    if (like === undefined) throw new Error('the running run has no step');
    world.steps.set(RUNNING, [...known, { ...like, id: 'countries/look', subject: 'countries' }]);
    await page.locator('[data-step="countries/look"]').waitFor({ timeout: 5000 });
    finish();
    await page.getByRole('status').getByText('Succeeded').waitFor({ timeout: 5000 });
    expect(await page.locator('.bar.status-running').count()).toBe(0);
    const asked = () => fixture.seen.filter((call) => call.url === `/api/v1/runs/${RUNNING}`).length;
    const before = asked();
    await page.waitForTimeout(2500);
    expect(asked()).toBe(before);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('stays on the page while the API is away, and goes on when it is back', async () => {
    const { page } = await openDashboard(browser, fixture, places.running);
    await page.locator('[data-step="users/copy"]').waitFor();
    fixture.world = null;
    await page.getByRole('alert').getByText('the API did not answer').waitFor({ timeout: 10_000 });
    expect(await page.locator('[data-step]').count()).toBe(6);
    fixture.world = world;
    finish();
    await page.getByRole('status').getByText('Succeeded').waitFor({ timeout: 20_000 });
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.context().close();
  });

  test('reaches the list of runs and its grid', async () => {
    const { page } = await openDashboard(browser, fixture, '/runs');
    const first = page.locator('table.runs tbody tr').first();
    await first.getByText('Running').waitFor();
    finish();
    await first.getByText('Succeeded').waitFor({ timeout: 5000 });
    await page.locator(`.column[aria-label^="Succeeded"][aria-label$="${RUNNING}"]`).waitFor();
    await page.context().close();
  });

  test('is what starting one by hand leads to', async () => {
    const { page } = await openDashboard(browser, fixture, '/runs');
    await page.locator('.grid .name a').first().waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('countries').uncheck();
    await dialog.getByLabel('Reason').fill('the partner sent it again');
    await dialog.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('heading', { name: '20261122T184000-0a0b0c0d' }).waitFor();
    await page.getByText('the partner sent it again').waitFor();
    const posted = fixture.seen.find((call) => call.method === 'POST');
    expect(JSON.parse(posted?.body ?? '')).toEqual({
      sources: ['users', 'partner_buyers', 'partner_sellers', 'partner_top_sellers'],
      reason: 'the partner sent it again',
    });
    await page.context().close();
  });
});
