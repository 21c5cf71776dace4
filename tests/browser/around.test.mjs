// What stands around the app: a new version, a second tab, a spare copy, sharing, and a start that does not succeed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bringFamily } from "./support/made.mjs";
import { stage, until } from "./support/stage.mjs";
import { begin, button, navigate, open, picks, saved, title } from "./support/road.mjs";
import { stored } from "./support/store.mjs";

const here = stage();

describe("A new version", () => {
  test("is told of, starts when somebody asks for it, and never by itself", async () => {
    const { page } = await here.visit();
    await begin(page);
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await until("the worker holds the page", () => page.evaluate(() => navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then((one) => one.active.state === "activated")));
    here.site.change["sw.js"] = (text) => `${text}\n// a newer release`;
    try {
      await page.reload();
      await picks(page);
      await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
      const notice = page.getByRole("status").filter({ hasText: "new version" });
      await notice.waitFor();
      await page.evaluate(() => { globalThis.stillTheSame = true; });
      await button(page, "Not now").click();
      await notice.waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => globalThis.stillTheSame), true, "nothing was reloaded unasked");
      await page.reload();
      await notice.waitFor();
      await page.evaluate(() => { globalThis.stillTheSame = true; });
      await button(page, "Use it now").click();
      await until("the page is loaded anew", () => page.evaluate(() => globalThis.stillTheSame === undefined).catch(() => false));
      assert.equal((await picks(page)).length, 3, "and all that was told is there");
    } finally {
      delete here.site.change["sw.js"];
    }
  });
});

describe("Two tabs", () => {
  test("show the same: what is told in one is seen in the other", async () => {
    const { context, page } = await here.visit();
    await begin(page);
    await stored(page, "Mia", (family) => family.children.length === 1);
    const other = await context.newPage();
    await other.goto(here.site.url);
    await picks(other);
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child", exact: true }).click();
    await page.getByRole("textbox", { name: "Years", exact: true }).fill("7");
    await page.getByRole("textbox", { name: "Nickname", exact: true }).fill("Leo");
    await page.getByRole("button", { name: /^Show/ }).click();
    await stored(page, "Leo", (family) => family.children.length === 2);
    await navigate(other, "Children");
    await other.getByRole("heading", { name: "Leo" }).waitFor();
  });
});

describe("A spare copy", () => {
  test("is offered once there is much to lose, and not again after it was saved", async () => {
    const { page } = await here.visit({ serviceWorkers: "block" });
    await bringFamily(page);
    await navigate(page, "Today");
    await picks(page);
    const offer = page.getByRole("status").filter({ hasText: "spare copy" });
    await offer.waitFor();
    await saved(page, () => offer.getByRole("button", { name: "Export", exact: true }).click());
    await stored(page, "the day of the export", (family) => family.exported !== null);
    await page.reload();
    await picks(page);
    assert.equal(await offer.count(), 0);
  });
});

describe("Sharing", () => {
  const share = async (context) => {
    const { page } = context;
    const [name] = await begin(page);
    await open(page, name);
    await button(page, "Share").click();
    return name;
  };

  test("hands the activity to the device, without the child", async () => {
    const visitor = await here.visitor({ serviceWorkers: "block" });
    await visitor.context.addInitScript(() => {
      navigator.share = async (what) => { globalThis.shared = what; };
    });
    const page = await visitor.context.newPage();
    await page.goto(here.site.url);
    const name = await share({ page });
    const what = await until("shared", () => page.evaluate(() => globalThis.shared));
    assert.equal(what.title, name);
    assert.match(what.text, /1\. /);
    assert.doesNotMatch(what.text, /Mia/);
  });

  test("where the device cannot, it is copied; where that is denied, a sentence says so", async () => {
    for (const [fails, sentence] of [[false, /Copied/], [true, /neither share nor copy/]]) {
      const visitor = await here.visitor({ serviceWorkers: "block" });
      await visitor.context.addInitScript((fails) => {
        Object.defineProperty(navigator, "share", { value: undefined });
        Object.defineProperty(navigator, "clipboard", { value: { writeText: async () => { if (fails) throw new DOMException("no", "NotAllowedError"); } } });
      }, fails);
      const page = await visitor.context.newPage();
      await page.goto(here.site.url);
      await share({ page });
      await page.locator("[data-notice]").filter({ hasText: sentence }).waitFor();
    }
  });
});

describe("A start that does not succeed", () => {
  test("says in plain words what it is and what to do", async () => {
    const { page } = await here.visit({ ready: false, calm: false, serviceWorkers: "block", at: "nowhere-yet" });
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto(here.site.url);
    const said = page.getByRole("alert").filter({ hasText: "could not start" });
    await said.waitFor();
    assert.match(await said.innerText(), /Load the page again/);
    assert.match(await said.innerText(), /Nothing that you told us is lost/);
  });

  test("where the rest of the app cannot be had, the picks stand, it is said, and the next try brings it", async () => {
    const { page } = await here.visit({ calm: false, serviceWorkers: "block", ready: false, at: "nowhere-yet" });
    await page.route("**/later/*.wasm", (route) => route.abort());
    await page.goto(here.site.url);
    const [name] = await begin(page);
    await page.getByRole("article").getByRole("link", { name, exact: true }).click();
    await page.getByText("One moment").or(page.getByText("did not arrive")).first().waitFor();
    await page.unroute("**/later/*.wasm");
    await navigate(page, "Today");
    await picks(page);
    await page.getByRole("article").getByRole("link", { name, exact: true }).click();
    await title(page, name).waitFor();
  });
});
