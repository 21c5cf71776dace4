// The page of an activity and the track on it: what a tired parent sees first, what one tap does, and the ladder.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, stage, until, WIDE } from "./support/stage.mjs";
import { begin, button, meter, MIA, moves, open, percent, picks, title } from "./support/road.mjs";

const here = stage();
const LAPTOP = { width: 1280, height: 640 };
const TABLET = { width: 768, height: 1024 };

/** Somebody on the page of the second pick. */
async function looking(options = {}, child = MIA) {
  const visitor = await here.visit(options);
  const [, name] = await begin(visitor.page, child);
  await open(visitor.page, name);
  return { ...visitor, name };
}

const ladder = (page) => page.locator("section").filter({ has: page.getByRole("heading", { name: "From easiest to hardest" }) });
const box = (page, selector) => page.locator(selector).first().evaluate((element) => {
  const { left, right, top, bottom, width } = element.getBoundingClientRect();
  return { left, right, top, bottom, width, middle: (left + right) / 2 };
});
/** Where the pole of the flag stands, across the line. */
const flag = (page) => page.locator(".track-dot").first().evaluate((path) => path.getScreenCTM().e);
const live = (page) => page.getByRole("status").first();

describe("What is seen first", () => {
  for (const viewport of [PHONE, { width: 320, height: 640 }, TABLET, LAPTOP, WIDE]) {
    test(`at ${viewport.width} px: what it is, how it is for this child, and Start, without scrolling`, async () => {
      const { page, name } = await looking({ viewport });
      for (const [what, found] of [
        ["the title", title(page, name)],
        ["how it is for Mia", page.getByText(/^For Mia: /).first()],
        ["the way to begin", button(page, "Start")],
      ]) {
        const { y, height } = await found.boundingBox();
        assert.ok(y >= 0 && y + height <= viewport.height, `${what} at ${y}`);
      }
      for (const down of [600, 6_000]) {
        await page.mouse.wheel(0, down);
        for (const one of ["Easier", "Start", "Harder"]) {
          const { y, height } = await button(page, one).boundingBox();
          assert.ok(y >= 0 && y + height <= viewport.height, `${one} is in reach after ${down}: ${y}`);
        }
      }
    });
  }

  test("what is needed comes before what is set up, done, helped, kept safe; the ladder, the signs and the reasons after", async () => {
    const { page } = await looking();
    const order = ["What you need", "Set up", "What to do", "Changed for Mia", "Safety", "From easiest to hardest", "Watch for", "Why it fits"];
    const found = (await page.getByRole("heading", { level: 2 }).allTextContents()).map((text) => text.trim());
    assert.deepEqual(found.filter((one) => order.includes(one)), order);
    const codes = page.getByText(/^ICF: /);
    assert.ok(!(await codes.isVisible()), "codes are folded away");
    await page.getByText("For professionals").click();
    await codes.waitFor();
  });

  test("it can be printed: the button asks the browser, and on paper the page is dark on light without buttons", async () => {
    const { page } = await looking({ scheme: "dark" });
    await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true; }; });
    await button(page, "Print").click();
    await until("the browser was asked", () => page.evaluate(() => globalThis.printed));
    await page.emulateMedia({ media: "print" });
    assert.equal(await button(page, "Start").count(), 0, "no buttons on paper");
    const bright = await page.locator("h1").evaluate((element) => getComputedStyle(element).color.match(/\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0));
    assert.ok(bright < 250, `the ink is dark: ${bright}`);
    const colours = await page.evaluate(() => {
      const root = document.querySelector("just-right-picker").shadowRoot;
      return [".track-dot", ".track-zone"].map((one) => getComputedStyle(root.querySelector(one)).fill);
    });
    assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], "the track needs no colour");
  });
});

describe("The track", () => {
  test("its words stand where they belong: too easy at the start, just right in the zone, too hard at the end", async () => {
    for (const viewport of [{ width: 320, height: 640 }, PHONE, TABLET, WIDE]) {
      const { page } = await looking({ viewport });
      const [zone, line] = [await box(page, ".track-zone"), await box(page, ".track")];
      const [easy, right, hard] = await Promise.all([1, 2, 3].map((n) => box(page, `.track-ends > span:nth-of-type(${n}) > span`)));
      assert.ok(right.left >= zone.left - 1 && right.right <= zone.right + 1, `“just right” in its zone at ${viewport.width}: ${JSON.stringify([right, zone])}`);
      assert.ok(right.top >= zone.top && right.bottom <= zone.bottom);
      assert.ok(Math.abs(easy.left - line.left) < 4 && Math.abs(hard.right - line.right) < 4);
      assert.ok(easy.right < zone.left && hard.left > zone.right, "the ends keep out of the zone");
    }
  });

  test("from right to left it is mirrored: too easy and the easier way stand at the right", async () => {
    const { page } = await looking();
    const parts = async () => ({ line: await box(page, ".track"), easy: await box(page, ".track-ends > span > span"), at: await flag(page) });
    const usual = await parts();
    await page.locator(".app").evaluate((app) => app.setAttribute("dir", "rtl"));
    const mirrored = await parts();
    assert.ok(usual.easy.left < usual.line.middle && mirrored.easy.left > mirrored.line.middle);
    assert.ok(Math.abs((usual.at - usual.line.left) - (mirrored.line.right - mirrored.at)) < 2, "the flag is as far from its start");
  });

  test("the flag moves where the arrow of the tap stood, and the live region says what changed; the focus stays", async () => {
    const { page } = await looking({ reducedMotion: "reduce" });
    const arrows = () => page.locator(".track-ghost").evaluateAll((all) => all.map((one) => one.getScreenCTM().e));
    const [easier] = await arrows();
    const [before, said] = [await flag(page), await live(page).innerText()];
    assert.ok(easier < before, "easier stands on the easy side");
    const by = (await page.locator("#by-easier").innerText()).split("\n").at(-1).trim();
    await moves(page, "Easier");
    const after = await flag(page);
    assert.ok(after < before && Math.abs(after - easier) < 2, `it went to where it was announced: ${easier} → ${after}`);
    assert.notEqual(await live(page).innerText(), said);
    assert.ok((await live(page).innerText()).toLowerCase().includes(by.toLowerCase()), `${await live(page).innerText()} names ${by}`);
    assert.equal(await page.evaluate(() => document.querySelector("just-right-picker").shadowRoot.activeElement?.textContent.trim()), "Easier");
  });

  test("as long as little is known we say that we are still finding out, on cards and pages, to eyes and ears", async () => {
    const { page } = await here.visit();
    await begin(page);
    const card = page.getByRole("article").nth(1);
    await card.getByText("We are still finding out.").waitFor();
    assert.match(await meter(card).getAttribute("aria-valuetext"), /We are still finding out\.$/);
  });

  test("there are no arrows on a card: nothing can be tapped there", async () => {
    const { page } = await here.visit();
    await begin(page);
    assert.equal(await page.locator(".track-ghost").count(), 0);
    assert.equal(await page.locator(".track-dot").count(), 3);
  });

  test("with forced colours zone, flag and line are told apart by shape and system colour", async () => {
    const { page } = await looking({ forcedColors: "active" });
    const [zone, line, dot] = await page.evaluate(() => {
      const root = document.querySelector("just-right-picker").shadowRoot;
      return [".track-zone", ".track-line", ".track-dot"].map((one) => { const style = getComputedStyle(root.querySelector(one)); return { fill: style.fill, stroke: style.stroke, dashes: style.strokeDasharray }; });
    });
    assert.notEqual(zone.dashes, "none");
    assert.notEqual(dot.fill, zone.fill);
    assert.notEqual(line.stroke, zone.fill);
  });
});

describe("The ladder", () => {
  test("the rung of this page is marked; another one is a tap away, at its best levers; the focus stays there", async () => {
    const { page, name } = await looking();
    const current = ladder(page).getByRole("button").and(page.locator("[aria-current=step]"));
    assert.equal(await current.count(), 1);
    const rungs = (await ladder(page).getByRole("button").allTextContents()).map((text) => text.trim());
    const here = (await current.textContent()).trim();
    const other = rungs[rungs.indexOf(here) + 1] ?? rungs[rungs.indexOf(here) - 1];
    const [url, chance] = [page.url(), await percent(page)];
    await ladder(page).getByRole("button", { name: other, exact: true }).click();
    await until("it is marked", async () => (await current.textContent()).trim() === other);
    assert.notEqual(page.url(), url);
    assert.notEqual(await percent(page), undefined);
    assert.ok((await page.getByText(/^For Mia: /).first().innerText()).includes(other.replace(/[.!?]$/, "")));
    assert.equal(await page.evaluate(() => document.querySelector("just-right-picker").shadowRoot.activeElement?.textContent.trim()), other);
    await ladder(page).getByRole("button", { name: here, exact: true }).click();
    await until("back", async () => (await current.textContent()).trim() === here);
    assert.equal(await percent(page), chance, "the pick was at the best levers of its rung");
    await page.goBack();
    assert.ok((await picks(page)).includes(name), "and back leads to the picks");
  });

  test("a rung that we would not propose says why in a word", async () => {
    const { page } = await looking();
    const words = (await ladder(page).locator(".word").allTextContents()).map((text) => text.trim());
    assert.ok(words.length > 0);
    for (const word of words) assert.match(word, /^(still ahead|grown past|not safe at this age|left out: .+|not today)$/);
  });
});
