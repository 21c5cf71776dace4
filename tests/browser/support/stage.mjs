// What every test file stands on: one server, one browser, and visitors. Whatever a test is about, an error on the page or a breach of the
// page's own policy fails it, unless the test has said that it provokes one.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./site.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The release, as families get it. */
export const DIST = process.env.DIST ?? `${root}dist`;
/** The same with the hooks for tests. */
export const DIST_TEST = process.env.DIST_TEST ?? `${root}target/dist-test`;

export const PHONE = { width: 360, height: 740 };
export const WIDE = { width: 1440, height: 900 };

/** A visitor waits this long for something to come, in milliseconds: shared machines are slow now and then. */
const PATIENCE = 15_000;

/** A browser. */
export const launch = (more = []) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    ...more,
  ],
});

/** Sets the stage for all tests of a file. */
export function stage(folder = DIST, options = {}) {
  const here = { site: undefined, browser: undefined };
  // For what else has to be set up: hooks of one file need not wait for each other.
  let isReady;
  here.ready = new Promise((resolve) => { isReady = resolve; });
  let contexts = [];
  let troubles = [];

  before(async () => {
    here.site = await serve(folder, options);
    // On a busy machine a browser now and then does not start.
    here.browser = await launch().catch(() => launch());
    isReady();
  });
  after(async () => {
    await here.browser?.close();
    await here.site?.stop();
  });
  afterEach(async () => {
    const [closing, seen] = [contexts, troubles];
    [contexts, troubles] = [[], []];
    await Promise.all(closing.map((context) => context.close()));
    await here.site.stop();
    await here.site.start();
    assert.deepEqual(seen, [], "nothing goes wrong on the page");
  });

  /** Somebody with a browser of their own, who has never been here. `calm: false` where the test provokes errors. */
  here.visitor = async ({ viewport = PHONE, scheme = "light", calm = true, ...more } = {}) => {
    const context = await here.browser.newContext({ viewport, colorScheme: scheme, acceptDownloads: true, ...more });
    contexts.push(context);
    context.setDefaultTimeout(PATIENCE);
    const breaches = [];
    const errors = [];
    await context.exposeBinding("noteBreach", (_, breach) => {
      breaches.push(breach);
      if (calm) troubles.push(`policy: ${breach}`);
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => globalThis.noteBreach(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
    });
    context.on("weberror", (error) => {
      errors.push(String(error.error()));
      if (calm) troubles.push(`error: ${error.error()?.stack ?? error.error()}`);
    });
    return { context, breaches, errors };
  };

  /** A page of a new visitor, at a place in the app; it is ready when its first heading stands there. */
  here.visit = async (options = {}) => {
    const visitor = await here.visitor(options);
    const page = await visitor.context.newPage();
    await page.goto(here.site.url + (options.at ?? ""));
    if (options.ready !== false) await page.getByRole("heading", { level: 1 }).first().waitFor();
    return { ...visitor, page };
  };

  return here;
}

/** Asks until the answer is what the caller waits for, and gives it; says what was waited for when it does not come. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) assert.fail(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
