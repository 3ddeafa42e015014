import { type Browser, chromium, type Page } from 'playwright-core';

/** A window of Debian's Chromium. */
export interface RealBrowser extends AsyncDisposable {
  readonly page: Page;
}

/** Starts Chromium without a window, talking to nobody but the pages it is given. */
export async function startBrowser(locale = 'en-GB'): Promise<RealBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      // The tests run as root in a container of their own.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({ locale });
  return {
    page: await context.newPage(),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
