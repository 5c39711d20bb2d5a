import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { places } from './fixture/places';
import { type Fixture, serveFixture } from './fixture/serveFixture';
import { shop } from './fixture/shop';

/** Where the pictures are left for people to look at. */
const PICTURES = 'out/browser';

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 768 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const;

describe('every page', () => {
  let browser: Browser;
  let fixture: Fixture;
  beforeAll(async () => {
    await mkdir(PICTURES, { recursive: true });
    browser = await openChromium();
    fixture = await serveFixture(inject('dashboard'), shop());
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  test.each(looks)('fits a $width pixel wide window, $colorScheme', async ({ colorScheme, width }) => {
    const viewport = { width, height: width === 360 ? 780 : 900 };
    for (const [name, place] of Object.entries(places)) {
      const { page, faults } = await openDashboard(browser, fixture, place, { colorScheme, viewport });
      await page.locator('main .card, main .empty').first().waitFor();
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}-${width}.png`, fullPage: true });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow, `${name} is wider than the window`).toBeLessThanOrEqual(0);
      expect(faults).toEqual([]);
      await page.context().close();
    }
  });
});
