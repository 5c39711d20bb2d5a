import { readFileSync } from 'node:fs';
import type { Result } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { places } from './fixture/places';
import { type Fixture, serveFixture } from './fixture/serveFixture';
import { shop } from './fixture/shop';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that a page breaks badly, each with the elements that break it. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate<Result[]>('axe.run().then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describe('axe finds no serious barrier', () => {
  let browser: Browser;
  let fixture: Fixture;
  beforeAll(async () => {
    browser = await openChromium();
    fixture = await serveFixture(inject('dashboard'), shop());
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test.each(Object.entries(places))(`on the page %s, ${colorScheme}`, async (_name, place) => {
      const options = { colorScheme, reducedMotion: 'reduce' } as const;
      const { page } = await openDashboard(browser, fixture, place, options);
      await page.locator('main .card').first().waitFor();
      await page.waitForTimeout(200);
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    });
  }

  test('in the form that starts a run, and in the one that signs in', async () => {
    const { page } = await openDashboard(browser, fixture, '/runs');
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test('on a narrow screen', async () => {
    for (const place of [places.runs, places.failed]) {
      const { page } = await openDashboard(browser, fixture, place, { viewport: { width: 360, height: 780 } });
      await page.locator('main .card').first().waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.context().close();
    }
  });
});
