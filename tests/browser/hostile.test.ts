import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { HOSTILE_RUN, hostileShop, PAYLOADS } from './fixture/hostileShop';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { places } from './fixture/places';
import { type Fixture, serveFixture } from './fixture/serveFixture';

describe('texts that want to be scripts', () => {
  let browser: Browser;
  let fixture: Fixture;
  beforeAll(async () => {
    browser = await openChromium();
    fixture = await serveFixture(inject('dashboard'), hostileShop());
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  test.each(Object.entries(places))('stay texts on the page %s', async (_name, place) => {
    const { page, faults } = await openDashboard(browser, fixture, place);
    await page.locator('main .card').first().waitFor();
    await page.waitForTimeout(200);
    expect(faults).toEqual([]);
    expect(await page.locator('main :is(script, iframe, style, img, [onload], [onerror], [onmouseover])').count()).toBe(
      0,
    );
    expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0);
    await page.context().close();
  });

  test('are shown letter by letter in an error', async () => {
    const { page } = await openDashboard(browser, fixture, `/runs/${HOSTILE_RUN}`);
    await page.locator('.problem').first().waitFor();
    expect(await page.locator('.problem p').first().textContent()).toContain(PAYLOADS.join(' '));
  });

  test('stay texts when they come in the address', async () => {
    const { page, faults } = await openDashboard(
      browser,
      fixture,
      '/runs/<img src=x onerror=alert(1)>?step="><script>alert(1)</script>',
    );
    await page.locator('.problem').first().waitFor();
    expect(await page.locator('h1').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  });
});
