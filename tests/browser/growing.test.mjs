// What a family tells after an activity, and what it sees of it: enjoyed, a note, wins, lines, history, undo.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, stage, until, WIDE } from "./support/stage.mjs";
import { begin, button, navigate, picks, title, whole } from "./support/road.mjs";
import { put, reportsOf, stored } from "./support/store.mjs";

const here = stage();
const status = (page, text) => page.getByRole("status").filter({ hasText: text });
const enjoyed = (page) => page.getByRole("group", { name: "Did Mia enjoy it?" });
const entries = (page) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Undo: / }) });
const wins = (page) => page.getByRole("region", { name: "What went well" }).or(page.locator("section", { has: page.getByRole("heading", { name: "What went well" }) }));

async function growing(page) {
  await navigate(page, "Growing");
  await title(page, "How Mia grows").waitFor();
}

/** A page of a family with so many reports, two days between each, of two activities. */
async function withHistory(count, options = {}) {
  const found = await here.visit(options);
  await begin(found.page);
  const { family } = await stored(found.page, "the child", (family) => family.children.length === 1);
  const child = family.children[0];
  const today = child.age_on;
  for (let turn = 0; turn < count; turn++) {
    const ball = turn % 2 === 0;
    child.history.push({
      reported: {
        activity: ball ? "catch-a-ball" : "snip-and-cut", grade: "1",
        asked: (ball ? ["gross-motor", "hand-eye"] : ["fine-motor"]).map((area) => [area, 0.5]),
        spread: 0.5, expected: 0.75, level: ["by-themselves", "little-help", "lot-of-help"][turn % 3], on: today - 2 * (count - 1 - turn),
      },
    });
  }
  await put(found.page, { a: JSON.stringify({ format: "just-right", version: 3, sequence: 9, family }) });
  await found.page.reload();
  await picks(found.page);
  return found;
}

describe("After a report", () => {
  for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    test(`on a ${screen}: enjoyed and a note, seen under Growing, taken back and put back`, async () => {
      const { page } = await here.visit({ viewport });
      const [name] = await begin(page);
      await whole(page, name, "By themselves");
      await enjoyed(page).getByRole("button", { name: "Loved it" }).click();
      await enjoyed(page).getByRole("button", { name: "Loved it", pressed: true }).waitFor();
      await status(page, "a little sooner").waitFor();
      await button(page, "Add a note").click();
      const field = page.getByRole("textbox", { name: "What do you want to remember?" });
      await until("the field has the focus", () => field.evaluate((one) => one.getRootNode().activeElement === one));
      await field.fill("In the kitchen.\nAgain! <b>");
      await button(page, "Keep the note").click();
      await button(page, "Change the note").waitFor();
      await stored(page, "the remark", (family) => {
        const [one] = reportsOf(family);
        return one?.reported.enjoyed === "loved" && one.reported.note === "In the kitchen.\nAgain! <b>";
      });

      await growing(page);
      await wins(page).getByText(`“${name}” without help.`).waitFor();
      assert.equal(await entries(page).count(), 1);
      const text = await entries(page).innerText();
      for (const part of [name, "By themselves", "Loved it", "In the kitchen.\nAgain! <b>"]) assert.ok(text.includes(part), `${part} in ${text}`);

      await page.getByRole("button", { name: `Undo: ${name}` }).click();
      await status(page, "Taken back").waitFor();
      assert.equal(await entries(page).count(), 0);
      await page.getByText("Nothing yet.").waitFor();
      await stored(page, "no report", (family) => reportsOf(family).length === 0);

      await button(page, "Put it back").click();
      await status(page, "It is back").waitFor();
      assert.equal(await entries(page).innerText(), text);
      await stored(page, "the report, as it was", (family) => reportsOf(family)[0]?.reported.note?.startsWith("In the kitchen."));

      await page.getByRole("button", { name: `Undo: ${name}` }).click();
      await status(page, "Taken back").waitFor();
      await navigate(page, "Children");
      await page.getByText("0 activities done").waitFor();
      await page.reload();
      await growing(page);
      await page.getByText("Nothing yet.").waitFor();
    });
  }

  test("ignoring the question costs nothing, and another answer takes the place of the first", async () => {
    const { page } = await here.visit();
    const [one] = await begin(page);
    await whole(page, one, "Easily");
    assert.equal((await picks(page)).length, 3, "the picks are there at once");
    await enjoyed(page).getByRole("button", { name: "Not today" }).click();
    await status(page, "longer rest").waitFor();
    await enjoyed(page).getByRole("button", { name: "It was fine" }).click();
    await enjoyed(page).getByRole("button", { name: "It was fine", pressed: true }).waitFor();
    assert.equal(await enjoyed(page).getByRole("button", { pressed: true }).count(), 1);
    await stored(page, "the last answer", (family) => reportsOf(family)[0].reported.enjoyed === "fine");
    await button(page, "Undo").click();
    await status(page, "Taken back").waitFor();
    assert.equal(await enjoyed(page).count(), 0, "there is nothing more to ask");
    await stored(page, "no report", (family) => reportsOf(family).length === 0);
    await button(page, "Put it back").click();
    await stored(page, "the report with its answer", (family) => reportsOf(family)[0]?.reported.enjoyed === "fine");
  });
});

describe("Growing", () => {
  test("says what will stand here, before anything was told", async () => {
    const { page } = await here.visit();
    await begin(page);
    await growing(page);
    await page.getByText("Nothing yet. After the first activity").waitFor();
    await page.getByRole("main").getByRole("link", { name: "Find an activity" }).click();
    await picks(page);
  });

  test("each line has a table with the same points, and says which way it went", async () => {
    const { page } = await withHistory(9);
    await growing(page);
    const charts = page.getByRole("img", { name: /: from .+ to .+/ });
    assert.equal(await charts.count(), 3, "of what something was told");
    await page.getByText("As tables").click();
    for (const area of ["Big movements", "Hands and fingers", "Catching and aiming"]) {
      const rows = page.getByRole("table", { name: area }).getByRole("row");
      const points = await page.getByRole("img", { name: new RegExp(`^${area}: `) }).evaluate((svg) =>
        [".guess", ".line"].map((one) => svg.querySelector(one).getAttribute("d").trim().split(/[M ]+/).filter(Boolean).length / 2));
      // The last point of the dotted line is the first of the whole one; the first row names the columns.
      assert.equal((await rows.count()) - 1, points[0] + points[1] - 1, area);
    }
    const said = await page.getByRole("main").innerText();
    assert.doesNotMatch(said, /percent|%|month|score|normal|behind|delay|\{|\}/i);
  });

  test("history comes in parts, each with its day, and the earliest is reached", async () => {
    const { page } = await withHistory(20);
    await growing(page);
    const shown = await entries(page).count();
    assert.equal(shown, 8);
    await page.getByRole("heading", { name: "Today", exact: true }).waitFor();
    await button(page, "Show earlier").click();
    await until("more of it", async () => (await entries(page).count()) === 16);
    await button(page, "Show earlier").click();
    await until("all of it", async () => (await entries(page).count()) === 20);
    assert.equal(await button(page, "Show earlier").count(), 0);
    await until("the focus goes on at the end", () => page.getByText("That is everything.").evaluate((one) => one.getRootNode().activeElement?.contains(one)));
  });

  test("of two quick taps on Undo only one entry is taken back", async () => {
    const { page } = await withHistory(5);
    await growing(page);
    await page.getByRole("button", { name: /^Undo: / }).nth(2).evaluate((one) => { one.click(); one.click(); });
    await status(page, "Taken back").waitFor();
    await stored(page, "four are left", (family) => reportsOf(family).length === 4);
    assert.equal(await entries(page).count(), 4);
  });

  test("how good our guesses were is said here, in full", async () => {
    const { page } = await withHistory(20);
    await growing(page);
    await page.getByText(/^Of 20 picks that we expected to go well three times in four, \d+ did\.$/).waitFor();
    await navigate(page, "Today");
    await picks(page);
    assert.equal(await page.getByText("Looking back").count(), 0);
  });

  test("a screen of 320 pixels needs no sideways scrolling, with tables open", async () => {
    const { page } = await withHistory(9, { viewport: { width: 320, height: 640 } });
    await growing(page);
    await page.getByText("As tables").click();
    await page.getByRole("table").first().waitFor();
    const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} pixels too wide`);
  });
});

describe("On paper", () => {
  test("the page is asked to print, and a browser that cannot is spoken of", async () => {
    const { page } = await withHistory(9);
    await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
    await growing(page);
    await button(page, "Print this page").click();
    await until("it prints", () => page.evaluate(() => globalThis.printed));
    await page.evaluate(() => { globalThis.print = () => { throw new Error("not here"); }; });
    await button(page, "Print this page").click();
    await page.getByRole("alert").filter({ hasText: "does not let us print" }).waitFor();
  });

  for (const format of ["A4", "Letter"]) {
    test(`wins, lines, tables and the last reports fit on one page of ${format}`, async () => {
      const { page } = await withHistory(20);
      await growing(page);
      const pdf = await page.pdf({ format, margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
      const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g).length;
      assert.equal(pages, 1);
      await page.emulateMedia({ media: "print" });
      for (const part of ["What went well", "Areas over time", "What you told us"]) await page.getByRole("heading", { name: part }).waitFor();
      await page.getByRole("table").first().waitFor();
      assert.equal(await button(page, /^Undo/).count(), 0, "no button on paper");
      await page.getByRole("navigation").waitFor({ state: "hidden" });
    });
  }
});
