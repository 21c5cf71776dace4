// What a family told stays, whatever the browser's store holds or refuses.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { stage, until } from "./support/stage.mjs";
import { begin, button, importFile, LEARNED, navigate, open, doIt, how, picks, report, saved, title, whole } from "./support/road.mjs";
import { latest, put, reportsOf, slots, stored } from "./support/store.mjs";

const here = stage();
const fixture = (name) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8").trim();

/** A page that is opened when this stands in the store. */
async function openedWith(wanted, options = {}) {
  const found = await here.visit(options);
  await put(found.page, wanted);
  await found.page.reload();
  await found.page.getByRole("heading", { level: 1 }).waitFor();
  return found;
}

/** What a family has after one report, as it is stored. */
async function told() {
  const { context, page } = await here.visit();
  const [name] = await begin(page);
  await whole(page, name, "Easily");
  await stored(page, "the report", (family) => reportsOf(family).length === 1);
  const kept = await slots(page);
  await context.close();
  return kept;
}

const newest = (kept) => Object.values(kept).sort((one, other) => JSON.parse(other).sequence - JSON.parse(one).sequence)[0];
const alert = (page, text) => page.getByRole("alert").filter({ hasText: text });
const status = (page, text) => page.getByRole("status").filter({ hasText: text });

describe("A stored snapshot that cannot be read", () => {
  const text = fixture("version-3-stored.json");
  const newer = text.replace('"version":3', '"version":999');
  const cases = [
    ["is cut off", { a: text.slice(0, text.length / 2) }, /cannot be read/],
    ["was changed by a falling bit", { b: text.replace(/"age":(\d)/, (_, digit) => `"age":${(Number(digit) % 9) + 1}`) }, /cannot be read/],
    ["is of a newer version", { a: newer }, /newer version/],
    ["is of a newer version, beside one of ours", { a: newer, b: text }, /newer version/],
    ["is not ours", { a: '{"recipes":["pancakes"]}' }, /cannot be read/],
    ["is no text at all", { a: { strange: [1, 2, 3] } }, /cannot be read/],
    ["is empty", { a: "" }, /cannot be read/],
  ];
  for (const [what, wanted, sentence] of cases) {
    test(`that ${what}: a clear sentence, nothing lost, and the app goes on`, async () => {
      const { page } = await openedWith(wanted);
      await alert(page, sentence).waitFor();
      const [name] = await begin(page);
      await whole(page, name, "By themselves");
      assert.deepEqual(await slots(page), wanted, "what was stored is still there, byte for byte");
      await status(page, "not kept").or(alert(page, "not kept")).first().waitFor();
      await page.reload();
      await alert(page, sentence).waitFor();
      assert.deepEqual(await slots(page), wanted);
    });
  }

  test("can be saved as a file just as it is, and only “Begin anew” takes it away", async () => {
    const cut = text.slice(0, 300);
    const { page } = await openedWith({ a: cut });
    const file = await saved(page, () => button(page, "Save it as a file").click());
    assert.equal(file.text, cut);
    assert.deepEqual(await slots(page), { a: cut }, "saving it changes nothing");
    await navigate(page, "Who can help");
    await alert(page, "cannot be read").waitFor();
    await button(page, "Begin anew").click();
    await alert(page, "cannot be read").waitFor({ state: "detached" });
    await navigate(page, "Today");
    await begin(page);
    await stored(page, "the new child", (family) => family.children.length === 1);
    await page.reload();
    await title(page, "Three for Mia").waitFor();
  });

  test("after “Begin anew”, what was told meanwhile is kept", async () => {
    const { page } = await openedWith({ a: text.slice(0, 300) });
    await begin(page);
    await button(page, "Save it as a file").waitFor();
    await button(page, "Begin anew").click();
    await stored(page, "the child of before", (family) => family.children[0]?.nickname === "Mia");
  });

  test("is erased when the family says so, and it is not said before it is true", async () => {
    const { page } = await openedWith({ a: newer });
    await navigate(page, "Settings");
    await button(page, "Erase everything").click();
    await button(page, "Yes, erase").click();
    await status(page, "Nothing of it is left").waitFor();
    const left = Object.values(await slots(page)).join();
    assert.ok(!left.includes("999"), left.slice(0, 200));
  });
});

describe("A snapshot of version 1", () => {
  for (const [what, name] of [["stored", "version-1-stored.json"]]) {
    test(`that is ${what} opens with all that was told, without a word of warning`, async () => {
      const text = fixture(name);
      const family = JSON.parse(text).family;
      const { page } = await openedWith({ a: text });
      assert.equal((await picks(page)).length, 3);
      assert.equal(await page.getByRole("alert").filter({ hasText: /\w/ }).count(), 0);
      await navigate(page, "Children");
      await title(page, "Children").waitFor();
      assert.equal(await page.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 2 }) }).count(), family.children.length);
      await navigate(page, "Today");
      const [pick] = await picks(page);
      await whole(page, pick, "Easily");
      const kept = await stored(page, "one report more", (now) => reportsOf(now).length === reportsOf(family).length + 1);
      assert.equal(kept.version, 3);
    });
  }
});

describe("Two slots", () => {
  test("where the later one is damaged, the one before it is used, and it is said", async () => {
    const kept = await told();
    assert.deepEqual(Object.keys(kept), ["a", "b"], "two writes, two slots");
    const last = newest(kept);
    const damaged = Object.fromEntries(Object.entries(kept).map(([slot, text]) => [slot, text === last ? text.slice(0, -40) : text]));
    const { page } = await openedWith(damaged);
    await alert(page, "Everything before it is here").waitFor();
    await title(page, "Three for Mia").waitFor();
    const [name] = await picks(page);
    await whole(page, name, "Easily");
    await until("both slots are whole again", async () => Object.values(await slots(page)).every((text) => { try { return JSON.parse(text); } catch { return false; } }));
    await page.reload();
    await picks(page);
    assert.equal(await alert(page, /\w/).count(), 0, "once mended, nothing more is said");
  });

  test("where the earlier one is damaged, nothing is missing", async () => {
    const kept = await told();
    const last = newest(kept);
    const damaged = Object.fromEntries(Object.entries(kept).map(([slot, text]) => [slot, text === last ? text : text.slice(0, 100)]));
    const { page } = await openedWith(damaged);
    await picks(page);
    await navigate(page, "Children");
    await page.getByText("1 activit").or(page.getByText("activities: 1")).or(page.getByText("1 report")).first().waitFor();
  });
});

describe("Where the browser keeps nothing", () => {
  const denials = {
    "the store throws when it is touched": () => Object.defineProperty(globalThis, "indexedDB", { get() { throw new DOMException("denied", "SecurityError"); } }),
    "there is no store": () => Object.defineProperty(globalThis, "indexedDB", { value: undefined }),
    "opening throws": () => { IDBFactory.prototype.open = () => { throw new DOMException("denied", "InvalidStateError"); }; },
    "opening fails": () => {
      const open = IDBFactory.prototype.open;
      // The page that a tab begins with has no store.
      if (location.protocol === "http:") indexedDB.open("refused", 2);
      IDBFactory.prototype.open = function () { return open.call(this, "refused", 1); };
    },
  };
  for (const [what, deny] of Object.entries(denials)) {
    test(`because ${what}: the whole road works, and it is said that nothing is kept`, async () => {
      const { context } = await here.visitor();
      await context.addInitScript(deny);
      const page = await context.newPage();
      await page.goto(here.site.url);
      await status(page, "keep nothing here").or(alert(page, "keep nothing here")).waitFor();
      const first = await begin(page);
      await whole(page, first[0], "Not this time");
      assert.notDeepEqual(await picks(page), first);
      await navigate(page, "Settings");
      const file = await saved(page, () => button(page, "Export").click());
      assert.equal(reportsOf(JSON.parse(file.text).family).length, 1, "a file is the way to keep it");
      await importFile(page, { name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) });
      await button(page, "Yes, replace").click();
      await button(page, "Erase everything").click();
      await button(page, "Yes, erase").click();
      await begin(page);
    });
  }

  test("because a write fails later: it is said, nothing on the screen is lost, and it is mended by itself", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.evaluate(() => {
      globalThis.really = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    });
    await whole(page, name, "Easily");
    await status(page, "could not save just now").waitFor();
    assert.equal(reportsOf((await latest(page)).family).length, 0, "the last good snapshot stands");
    await page.evaluate(() => { IDBObjectStore.prototype.put = globalThis.really; });
    const [next] = await picks(page);
    await open(page, next);
    await doIt(page);
    await report(page, "Easily");
    await status(page, "could not save just now").waitFor({ state: "detached" });
    await stored(page, "both reports", (family) => reportsOf(family).length === 2);
  });
});

describe("Two tabs", () => {
  /** `line: false`: tabs that cannot hear each other, as in some browsers. */
  async function twoTabs({ line = true } = {}) {
    const { context } = await here.visitor();
    if (!line) await context.addInitScript(() => { delete globalThis.BroadcastChannel; });
    const page = await context.newPage();
    await page.goto(here.site.url);
    const [name, other] = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    const tab = await context.newPage();
    await tab.goto(here.site.url);
    await picks(tab);
    return { page, tab, name, other };
  }

  test("both reports survive", async () => {
    const { page, tab, name, other } = await twoTabs();
    for (const [one, pick] of [[page, name], [tab, other]]) {
      await one.bringToFront();
      await open(one, pick);
      await doIt(one);
    }
    await Promise.all([report(page, "Easily"), report(tab, "Not this time")]);
    const kept = await stored(page, "both reports", (family) => reportsOf(family).length === 2);
    assert.deepEqual(reportsOf(kept.family).map((one) => one.reported.level).sort(), ["easily", "not-this-time"]);
    await page.reload();
    const shown = await picks(page);
    await tab.reload();
    assert.deepEqual(await picks(tab), shown);
  });

  test("Undo in one takes back its own report, not the other's", async () => {
    const { page, tab, name } = await twoTabs();
    await page.bringToFront();
    await whole(page, name, "Easily");
    await stored(page, "the first report", (family) => reportsOf(family).length === 1);
    await tab.bringToFront();
    // The other tab has heard of it, and picks anew.
    await until("the other tab has heard", async () => !(await picks(tab)).includes(name));
    const [then] = await picks(tab);
    await whole(tab, then, "Not this time");
    await stored(tab, "the second report", (family) => reportsOf(family).length === 2);
    await page.bringToFront();
    await button(page, "Undo").click();
    await status(page, "Taken back").waitFor();
    const kept = await stored(page, "one report less", (family) => reportsOf(family).length === 1);
    assert.equal(reportsOf(kept.family)[0].reported.level, "not-this-time");
  });

  test("what one erased is gone from the other's screen, too", async () => {
    const { page, tab } = await twoTabs();
    await navigate(page, "Settings");
    await button(page, "Erase everything").click();
    await button(page, "Yes, erase").click();
    await status(page, "Everything is erased").waitFor();
    await button(tab, /^Find an activity/).waitFor();
    assert.doesNotMatch(await tab.getByRole("main").innerText(), /Mia/);
    assert.equal(await tab.getByRole("link", { name: /Mia/ }).count(), 0);
  });

  test("what one erased, the other does not bring back", async () => {
    const { page, tab, other } = await twoTabs({ line: false });
    await page.bringToFront();
    await navigate(page, "Settings");
    await button(page, "Erase everything").click();
    await button(page, "Yes, erase").click();
    await status(page, "Everything is erased").waitFor();
    await until("no child data is left", async () => !Object.values(await slots(page)).join().includes("Mia"));
    await tab.bringToFront();
    await open(tab, other);
    await button(tab, "Start").click();
    await button(tab, "Done").click();
    await how(tab).getByRole("button", { name: "Easily" }).click();
    await how(tab).waitFor({ state: "detached" });
    await page.bringToFront();
    // A write of the other tab, had there been one, has ended before a later one of this tab.
    await navigate(page, "Settings");
    await page.getByRole("radio", { name: "Dark" }).check();
    await until("the later write", async () => Object.values(await slots(page)).join().includes("dark"));
    assert.ok(!Object.values(await slots(page)).join().includes("Mia"), "the erased child came back");
  });
});

describe("The data is in the family's hand", () => {
  const exportFile = (page) => saved(page, () => button(page, "Export").click());

  test("export, then erase, then import: the same picks, the same everything", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await whole(page, name, "With a little help");
    const before = await picks(page);
    await navigate(page, "Settings");
    const file = await exportFile(page);
    assert.match(file.name, /^just-right-\d{4}-\d\d-\d\d\.json$/);
    await status(page, `Saved as ${file.name}`).waitFor();

    await button(page, "Erase everything").click();
    assert.notDeepEqual(await slots(page), {}, "it asks first");
    await button(page, "Yes, erase").click();
    await status(page, "Everything is erased").waitFor();
    await button(page, /^Find an activity/).waitFor();
    await until("no child data is left", async () => !Object.values(await slots(page)).join().includes("Mia"));
    assert.deepEqual(await slots(page).then((all) => Object.values(all).flatMap((text) => JSON.parse(text).family.children)), [], "the slots hold no child");
    await page.reload();
    await button(page, /^Find an activity/).waitFor();

    await navigate(page, "Settings");
    await importFile(page, { name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) });
    await page.getByRole("group").filter({ hasText: "1 child" }).waitFor();
    await button(page, "Yes, replace").click();
    await status(page, "Imported").waitFor();
    await navigate(page, "Today");
    assert.deepEqual(await picks(page), before);
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.reload();
    assert.deepEqual(await picks(page), before);
    await navigate(page, "Settings");
    assert.deepEqual(JSON.parse((await exportFile(page)).text), JSON.parse(file.text), "and the same file again");
  });

  test("files of every version that was ever exported can be imported", async () => {
    for (const name of ["version-1.json", "version-2.json", "version-3.json"]) {
      const { page } = await here.visit();
      await navigate(page, "Settings");
      await importFile(page, { name, mimeType: "application/json", buffer: Buffer.from(fixture(name)) });
      await button(page, "Yes, replace").click();
      await status(page, "Imported").waitFor();
      await navigate(page, "Today");
      assert.equal((await picks(page)).length, 3);
      assert.equal(await status(page, LEARNED).count(), 0);
    }
  });

  test("“No, keep everything” keeps everything", async () => {
    const { page } = await here.visit();
    await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    const kept = await slots(page);
    await navigate(page, "Settings");
    await button(page, "Erase everything").click();
    await button(page, "No, keep everything").click();
    await button(page, "Erase everything").waitFor();
    assert.deepEqual(await slots(page), kept);
  });
});
