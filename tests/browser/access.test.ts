import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { KEY } from './fixture/answer';
import { openChromium } from './fixture/openChromium';
import { openDashboard } from './fixture/openDashboard';
import { type Fixture, serveFixture } from './fixture/serveFixture';
import { shop } from './fixture/shop';

describe('the key of the caller', () => {
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

  test('leaves the address at once, travels in a header alone and is never put into localStorage', async () => {
    const { page } = await openDashboard(browser, fixture, '/sources?from=mail');
    await page.locator('main table').waitFor();
    expect(page.url()).toBe(`${fixture.url}/#/sources?from=mail`);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(fixture.seen.filter((call) => call.key !== KEY)).toEqual([]);
    expect(fixture.seen.filter((call) => decodeURIComponent(call.url).includes(KEY))).toEqual([]);
    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain('key=');
    await page.context().close();
  });

  test('survives a reload and is gone after signing out', async () => {
    const { page } = await openDashboard(browser, fixture, '/sources');
    await page.reload();
    await page.locator('main table').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await page.context().close();
  });

  test('is asked for where none came, and leads to the place that was asked for', async () => {
    const page = await browser.newPage();
    await page.goto(`${fixture.url}/#/alerts`);
    await page.getByLabel('Function key', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('the key is not known.').waitFor();
    await page.getByLabel('Function key', { exact: true }).fill(KEY);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Alerts' }).waitFor();
    expect(page.url()).toBe(`${fixture.url}/#/alerts`);
    await page.close();
  });

  test('may be an access token, which travels as a bearer', async () => {
    const page = await browser.newPage();
    await page.goto(`${fixture.url}/#/alerts`);
    await page.getByLabel('An access token').check();
    await page.getByLabel('Access token', { exact: true }).fill('eyJ.a.b');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => fixture.seen.at(-1)?.authorization).toBe('Bearer eyJ.a.b');
    await page.close();
  });
});
