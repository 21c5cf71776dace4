// Whatever is typed, chosen or put into the address: a clear sentence at the place where it happened, a way on, and nothing lost.
import assert from "node:assert/strict";
import { mkdtemp, open as openFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { stage, until } from "./support/stage.mjs";
import { begin, button, describeChild, doIt, find, importFile, navigate, open, percent, picks, report, saved, title, whole } from "./support/road.mjs";
import { put, reportsOf, slots, stored } from "./support/store.mjs";

const here = stage();
const alert = (page, text) => page.getByRole("alert").filter({ hasText: text });
const show = (page) => page.getByRole("button", { name: /^Show/ }).click();
const overflow = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

describe("An age that cannot be", () => {
  const cases = [
    ["nothing", "", "", "Years", "Please say how old your child is"],
    ["letters", "four", "", "Years", "Please write the years as a whole number"],
    ["a negative number", "-3", "", "Years", "Please write the years as a whole number"],
    ["a fraction", "4.5", "", "Years", "Please write the years as a whole number"],
    ["200 years", "200", "", "Years", "from 1 to 12 years"],
    ["a number without end", "9".repeat(300), "", "Years", "whole number"],
    ["13 years", "13", "0", "Years", "from 1 to 12 years"],
    ["0 years", "0", "", "Years", "begins at 1 year"],
    ["11 months", "", "11", "Years", "begins at 1 year"],
    ["12 months beside the years", "4", "12", "Months", "from 0 to 11"],
    ["letters for months", "4", "two", "Months", "from 0 to 11"],
  ];
  test("a sentence beside the fields, the focus where the mend is, and what was typed is still there", async () => {
    const { page } = await here.visit();
    await find(page);
    for (const [what, years, months, field, sentence] of cases) {
      await describeChild(page, { years, months, nickname: "Mia" });
      assert.equal(await alert(page, /\w/).count(), 0, `${what}: the last sentence goes when somebody types`);
      await show(page);
      await alert(page, sentence).waitFor();
      const group = page.getByRole("group", { name: "Age" });
      assert.equal(await group.getByRole("alert").filter({ hasText: sentence }).count(), 1, `${what}: it stands with the fields`);
      const wrong = page.getByRole("textbox", { name: field, exact: true });
      await until(`${what}: the focus is on the field`, () => wrong.evaluate((element) => element.getRootNode().activeElement === element));
      assert.equal(await wrong.getAttribute("aria-invalid"), "true", what);
      const explained = await wrong.evaluate((element) => element.getRootNode().getElementById(element.getAttribute("aria-describedby")).textContent);
      assert.ok(explained.includes(sentence.slice(0, 10)), `${what}: the field is explained by the sentence`);
      assert.equal(await page.getByRole("textbox", { name: "Nickname" }).inputValue(), "Mia", what);
      assert.deepEqual(await slots(page), {}, `${what}: nothing was kept of it`);
    }
    await describeChild(page, { years: "4", nickname: "Mia" });
    assert.equal(await alert(page, /\w/).count(), 0);
    await show(page);
    assert.equal((await picks(page)).length, 3, "and the way on is open");
  });

  test("spaces around a number are no mistake", async () => {
    const { page } = await here.visit();
    assert.equal((await begin(page, { years: " 4 ", months: " 2" })).length, 3);
  });
});

describe("A nickname is a text and nothing else", () => {
  test("5,000 characters with markup and turned direction: shown as text, cut to length, and the page keeps its shape", async () => {
    const { page } = await here.visit({ viewport: { width: 320, height: 640 } });
    const turned = "\u202E\u2066\u200F";
    const name = `<b>Mia</b>${turned}${"W".repeat(5_000)}`;
    await begin(page, { years: "4", nickname: name });
    const heading = await title(page, /Three for/).innerText();
    assert.ok(heading.includes("<b>Mia</b>WWW"), heading);
    assert.ok(!/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/.test(heading), "no character that turns the direction");
    assert.ok(heading.length < 70, "cut to length");
    assert.equal(await title(page, /Three for/).locator("b").count(), 0);
    assert.ok((await overflow(page)) <= 0, "no sideways scrolling");
    const [pick] = await picks(page);
    await open(page, pick);
    assert.ok((await overflow(page)) <= 0, "no sideways scrolling on the activity");
    for (const place of ["Children", "Settings"]) {
      await navigate(page, place);
      await title(page, place).waitFor();
      assert.ok((await overflow(page)) <= 0, `no sideways scrolling: ${place}`);
      const outside = await page.getByRole("main").locator("button:visible, a:visible, h2:visible").evaluateAll((all) => all
        .filter((element) => element.getBoundingClientRect().right > innerWidth)
        .map((element) => element.textContent.slice(0, 30)));
      assert.deepEqual(outside, [], `nothing is cut off at the edge: ${place}`);
    }
    const kept = await stored(page, "the child", (family) => family.children.length === 1);
    const length = [...kept.family.children[0].nickname].length;
  assert.ok(length > 30 && length <= 40, `cut to length: ${length}`);
  });

  for (const name of ["{rung} {area} {n}", "$& $1", "Zoë-Ólafur 🦊", "مريم", "&lt;script&gt;"]) {
    test(`“${name}” is shown as it was typed`, async () => {
      const { page } = await here.visit();
      const [, pick] = await begin(page, { years: "4", nickname: name });
      assert.ok((await title(page, /^Three for/).innerText()).includes(name));
      for (const card of await page.getByRole("article").all()) {
        assert.ok((await card.innerText()).includes(`For ${name}:`), "on the card, too");
      }
      await open(page, pick);
      const text = await page.getByRole("main").innerText();
      assert.ok(text.includes(`Changed for ${name}`));
    });
  }

  test("one of only spaces or invisible characters is none", async () => {
    const { page } = await here.visit();
    await begin(page, { years: "4", nickname: " \u200B\u2066 " });
    await title(page, "Three for your child").waitFor();
  });
});

describe("An import that cannot be", () => {
  let folder;
  before(async () => { folder = await mkdtemp(join(tmpdir(), "just-right-")); });
  after(() => rm(folder, { recursive: true, force: true }));

  const json = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  const child = (history) => JSON.stringify({ format: "just-right", version: 2, family: { children: [{ id: 1, nickname: "Leo", age: 60, age_on: 20000, mouthing: null, allergens: [], limits: [], history }], active: 1 } });
  const reported = (activity, more = {}) => ({ reported: { activity, grade: "1", asked: [["fine-motor", 0.5]], spread: 0.5, expected: 0.7, level: "easily", on: 20000, ...more } });

  async function withMia() {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await whole(page, name, "Easily");
    await stored(page, "the report", (family) => reportsOf(family).length === 1);
    const kept = await slots(page);
    const before = await picks(page);
    await navigate(page, "Settings");
    return { page, kept, before };
  }

  async function refuses({ page, kept, before }, what, file, sentence) {
    await importFile(page, file);
    await alert(page, sentence).waitFor();
    const card = page.locator("section").filter({ has: button(page, "Import") });
    const said = card.getByRole("alert").filter({ hasText: sentence });
    assert.equal(await said.count(), 1, `${what}: the sentence stands in the card where it happened`);
    assert.match(await said.innerText(), /[Nn]othing was changed/, what);
    assert.equal(await button(page, "Yes, replace").count(), 0, what);
    assert.deepEqual(await slots(page), kept, what);
    await navigate(page, "Today");
    assert.deepEqual(await picks(page), before, `${what}: all is as it was`);
    await navigate(page, "Settings");
    await button(page, "Import").waitFor();
    assert.equal(await alert(page, /\w/).count(), 0, `${what}: the sentence does not stay for ever`);
  }

  test("100 MB: it is not even opened", async () => {
    const path = join(folder, "large.json");
    const file = await openFile(path, "w");
    await file.truncate(100 * 1024 * 1024);
    await file.close();
    const visit = await withMia();
    const start = Date.now();
    await refuses(visit, "100 MB", path, "too large (100 MB)");
    assert.ok(Date.now() - start < 10_000, "and nobody waits");
  });

  const cut = child([reported("catch-a-ball")]).slice(0, -60);
  const cases = [
    ["another program's file", '{"name":"recipes","version":"1.0.0","private":true}', "from another program"],
    ["a list", "[1,2,3]", "from another program"],
    ["a file with the name of the format and nothing else", '{"format":"just-right"}', "from another program"],
    ["a file that is cut off", cut, "cut off"],
    ["an empty file", "", "cut off"],
    ["a picture", "\u0089PNG\r\n\u001a\n\u0000\u0000", "cut off"],
    ["a file of a newer version", child([]).replace('"version":2', '"version":999'), "newer version"],
    ["a child of 200 years", child([]).replace('"age":60', '"age":2400'), "changed or damaged"],
    ["a report that no number can be", child([reported("catch-a-ball", { expected: 7 })]), "changed or damaged"],
    ["a level that there is not", child([reported("catch-a-ball", { level: "superbly" })]), "changed or damaged"],
    ["nesting without end", `{"format":"just-right","version":2,"family":${"[".repeat(200_000)}`, /cut off|another program|damaged/],
    ["an age in words", child([]).replace('"age":60', '"age":"sixty"'), "changed or damaged"],
  ];
  test("no file of ours, a cut, newer or damaged one: a sentence in the same card, nothing changed", async () => {
    const visit = await withMia();
    for (const [what, text, sentence] of cases) await refuses(visit, what, json("family.json", text), sentence);
  });

  test("the same file chosen again is tried again, and a good one after a bad one is taken", async () => {
    const { page } = await withMia();
    const bad = json("family.json", "{}");
    await importFile(page, bad);
    await alert(page, "another program").waitFor();
    await importFile(page, bad);
    await alert(page, "another program").waitFor();
    await importFile(page, json("family.json", child([])));
    await button(page, "Yes, replace").waitFor();
    assert.equal(await alert(page, /\w/).count(), 0, "the old sentence is gone");
  });

  test("a good file asks first; “No, keep everything” changes nothing, “Yes, replace” replaces", async () => {
    const { page, kept } = await withMia();
    const good = json("family.json", child([reported("catch-a-ball")]));
    await importFile(page, good);
    await page.getByRole("group").filter({ hasText: "replace what is here now" }).waitFor();
    await button(page, "No, keep everything").click();
    assert.deepEqual(await slots(page), kept);
    await importFile(page, good);
    await button(page, "Yes, replace").click();
    await page.getByRole("status").filter({ hasText: "Imported" }).waitFor();
    await navigate(page, "Today");
    await title(page, "Three for Leo").waitFor();
    await stored(page, "Leo", (family) => family.children[0].nickname === "Leo");
  });

  test("an unknown activity: it is said, the report is kept, and it still counts", async () => {
    const { page } = await withMia();
    await importFile(page, json("family.json", child([reported("fly-to-the-moon"), reported("catch-a-ball")])));
    await page.getByRole("group").filter({ hasText: /1 of the reports|does not know|not know/ }).waitFor();
    await button(page, "Yes, replace").click();
    await page.getByRole("status").filter({ hasText: "Imported" }).waitFor();
    const { family } = await stored(page, "both reports", (found) => reportsOf(found).length === 2);
    assert.equal(reportsOf(family)[0].reported.activity, "fly-to-the-moon");
    await navigate(page, "Today");
    const [name] = await picks(page);
    await whole(page, name, "Easily");
    await navigate(page, "Settings");
    const file = await saved(page, () => button(page, "Export").click());
    assert.ok(file.text.includes("fly-to-the-moon"));
  });

  test("a nickname in a file cannot turn or widen the page either", async () => {
    const { page } = await withMia();
    await importFile(page, json("family.json", child([]).replace("Leo", `<i>Leo</i>\\u202e${"x".repeat(3_000)}`)));
    await button(page, "Yes, replace").click();
    await page.getByRole("status").filter({ hasText: "Imported" }).waitFor();
    await navigate(page, "Today");
    const heading = await title(page, /Three for/).innerText();
    assert.ok(heading.includes("<i>Leo</i>xxx") && heading.length < 70 && !heading.includes("\u202e"), heading);
    assert.ok((await overflow(page)) <= 0);
  });

  test("an import while the stored data must not be touched is not called kept", async () => {
    const { page } = await here.visit();
    await put(page, { a: "{ cut" });
    await page.reload();
    await alert(page, "cannot be read").waitFor();
    await navigate(page, "Settings");
    await importFile(page, json("family.json", child([])));
    await button(page, "Yes, replace").click();
    await page.getByRole("status").or(page.getByRole("alert")).filter({ hasText: "Imported" }).filter({ hasText: "only until" }).waitFor();
    assert.deepEqual(await slots(page), { a: "{ cut" });
  });
});

describe("An address that leads nowhere", () => {
  const sayings = [
    ["#/activity/nope", /do not know this activity/],
    ["#/activity/nope/1", /do not know this activity/],
    ["#/activity/catch-a-ball/99", /do not know/],
    ["#/activity/catch-a-ball/..%2F..", /do not know/],
    ["#/do/x/y/z", /do not know this activity/],
    ["#/do/catch-a-ball/99/0", /do not know/],
    ["#/how/x/y", /do not know this activity/],
    ["#/how/catch-a-ball/99", /do not know/],
    ["#/advice/nope", /\w{3,} \w+/],
    ["#/child/77", /\w/],
  ];
  test("an unknown activity, grade, page of advice or child: a sentence and a way on", async () => {
    const { page } = await here.visit();
    await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    const kept = await slots(page);
    for (const [address, sentence] of sayings) {
      await page.goto(here.site.url + address);
      await page.reload();
      const main = page.getByRole("main");
      await page.getByRole("heading", { level: 1 }).waitFor();
      await until(`${address}: the sentence`, async () => sentence.test(await main.innerText()));
      assert.equal(await page.getByRole("group", { name: "How did it go?" }).count(), 0, `${address}: nothing is asked that leads nowhere`);
      if (address === "#/child/77") await navigate(page, "Today");
      else await main.getByRole("link", { name: /picks/ }).click();
      await title(page, "Three for Mia").waitFor();
    }
    assert.deepEqual(await slots(page), kept);
  });

  test("#/nowhere and places that need a child lead a new visitor to the first screen", async () => {
    for (const address of ["#/nowhere", "#/today", "#/activity/catch-a-ball", "#/do/catch-a-ball/1/0", "#/questions", "#/%E0%A4%A", "#//////"]) {
      const { page, context } = await here.visit({ at: address });
      await button(page, /^Find an activity/).waitFor();
      await context.close();
    }
  });

  test("a step beyond the last is the last, and the road goes on from there", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await open(page, name);
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.goto(`${page.url().replace("/activity/", "/do/")}/999999999999`);
    await button(page, "Done").waitFor();
    await button(page, "Done").click();
    await report(page, "Easily");
  });

  test("an activity without a grade in its address opens at the one that suits best", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await open(page, name);
    const address = page.url().replace(/(#\/activity\/[^/]+).*/, "$1");
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.goto(address);
    await page.reload();
    await button(page, "Start").waitFor();
    const chance = await percent(page);
    assert.ok(chance >= 50 && chance <= 95, `${chance}`);
    await doIt(page);
    await report(page, "Easily");
  });
});
