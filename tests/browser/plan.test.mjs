// The plan of a week: made, changed by the keyboard, taken back, printed, put in a calendar; and what several children do together.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begin, button, describeChild, LEVELS, MIA, navigate, open, picks, saved, title } from "./support/road.mjs";
import { PHONE, stage, until, WIDE } from "./support/stage.mjs";
import { reportsOf, stored } from "./support/store.mjs";

const here = stage();

const status = (page, text) => page.getByRole("status").filter({ hasText: text });
const moments = (page) => page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
const titles = (page) => moments(page).getByRole("heading", { level: 3 }).allTextContents();
const change = (page) => button(page, /^Change “/);
const planOf = (family) => family.children[0].plan;

async function makePlan(page) {
  await begin(page);
  await navigate(page, "Plan");
  await title(page, "Mia’s week").waitFor();
  await button(page, "Make a plan").click();
  await status(page, "Your week is ready").waitFor();
  return titles(page);
}

/** The days that have something, each with the titles on it. */
const byDay = async (page) => {
  const days = await page.getByRole("main").locator("section")
    .filter({ has: page.getByRole("heading", { level: 3 }), hasNotText: "Still waiting" }).all();
  return Promise.all(days.map(async (day) => ({
    day: (await day.getByRole("heading", { level: 2 }).textContent()).trim(),
    titles: await day.getByRole("heading", { level: 3 }).allTextContents(),
  })));
};

/** On how many pages it is printed. */
async function pages(page, format) {
  const pdf = await page.pdf({ format, margin: { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" } });
  return Number(/\/Type \/Pages\s*\/Count (\d+)/.exec(pdf.toString("latin1"))[1]);
}

/** A calendar file by the letter of RFC 5545. */
function events(text) {
  assert.ok(text.endsWith("END:VCALENDAR\r\n") && !/[^\r]\n/.test(text), "lines end in CRLF");
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, `folded: ${line}`);
  const lines = text.replaceAll("\r\n ", "").split("\r\n").filter(Boolean);
  const all = [];
  for (const line of lines) {
    const [, name, value] = line.match(/^([A-Z-]+(?:;[A-Z]+=[^:]+)?):(.*)$/);
    if (line === "BEGIN:VEVENT") all.push({});
    else if (all.length && name !== "END") all.at(-1)[name] = value;
  }
  return all;
}

describe("The plan of a week", () => {
  test("one tap fills seven days with one or two moments each, nothing twice; it is there the next time", async () => {
    const { page } = await here.visit();
    const all = await makePlan(page);
    assert.ok(all.length >= 8 && all.length <= 14, `${all.length} moments`);
    assert.equal(new Set(all).size, all.length, "nothing twice");
    const days = await byDay(page);
    assert.equal(days.length, 7);
    assert.ok(days.every((one) => one.titles.length <= 2));
    assert.match(days[0].day, /today/);
    await stored(page, "the plan", (family) => planOf(family).length === all.length);
    await page.reload();
    await title(page, "Mia’s week").waitFor();
    await until("the same plan", async () => (await titles(page)).join() === all.join());
  });

  test("a day that is crossed out before stays free, and one that is crossed out later is emptied and comes back by Undo", async () => {
    const { page } = await here.visit();
    await begin(page);
    await navigate(page, "Plan");
    const chips = page.getByRole("group", { name: "On which days?" }).getByRole("button");
    assert.equal(await chips.count(), 7);
    await chips.nth(2).click();
    await page.getByRole("group", { name: "On which days?" }).getByRole("button", { pressed: false }).waitFor();
    await button(page, "Make a plan").click();
    await status(page, "ready").waitFor();
    assert.equal((await byDay(page)).length, 6);
    await page.getByText("Kept free.").waitFor();
    const before = await titles(page);
    await chips.nth(4).click();
    await status(page, "is kept free").waitFor();
    assert.equal((await byDay(page)).length, 5);
    await button(page, "Undo").click();
    await status(page, "as it was").waitFor();
    assert.deepEqual(await titles(page), before);
    await stored(page, "the free day", (family) => family.children[0].free.length === 1);
  });

  test("all changes go by the keyboard, each is said, and the focus stays where one works", async () => {
    const { page } = await here.visit();
    const before = await makePlan(page);
    const focused = () => page.evaluate(() => document.querySelector("just-right-picker").shadowRoot.activeElement?.textContent ?? "");

    await change(page).nth(0).focus();
    await page.keyboard.press("Enter");
    await button(page, "Something else").focus();
    await page.keyboard.press("Enter");
    await status(page, "Now on").waitFor();
    const swapped = await titles(page);
    assert.notEqual(swapped[0], before[0]);
    assert.deepEqual(swapped.slice(1), before.slice(1), "nothing else changes");
    assert.equal(await focused(), "Something else");
    await page.keyboard.press("Enter");
    await until("a third one", async () => ![before[0], swapped[0]].includes((await titles(page))[0]));
    const [moving] = await titles(page);

    const to = button(page, /^Move to /);
    const day = (await to.first().textContent()).replace("Move to ", "");
    await to.first().focus();
    await page.keyboard.press("Enter");
    await status(page, `“${moving}” is on ${day} now`).waitFor();
    assert.equal(await focused(), "Change", "the focus goes with the moment");
    const days = await byDay(page);
    assert.ok(days.find((one) => one.day.startsWith(day)).titles.includes(moving));

    await button(page, "Take it off").focus();
    await page.keyboard.press("Enter");
    await status(page, `“${moving}” is off the plan`).waitFor();
    assert.equal(await focused(), "Undo");
    assert.ok(!(await titles(page)).includes(moving));
    await page.keyboard.press("Enter");
    await status(page, "as it was").waitFor();
    assert.ok((await titles(page)).includes(moving));

    await button(page, /^Add something on/).first().focus();
    await page.keyboard.press("Enter");
    await button(page, /^Add something on/).first().and(page.locator("[aria-expanded=true]")).waitFor();
    const offer = page.getByRole("main").getByRole("listitem").filter({ hasNot: page.getByRole("heading") }).getByRole("button").first();
    const added = (await offer.textContent()).trim();
    await offer.focus();
    await page.keyboard.press("Enter");
    await status(page, `“${added}” is on`).waitFor();
    assert.ok((await titles(page)).includes(added));
    await stored(page, "all of it", (family) => planOf(family).length === before.length + 1);
  });

  test("a moment opens its activity; done on its day it shows as done, and what did not happen waits without reproach", async () => {
    const { page } = await here.visit();
    const [first] = await makePlan(page);
    await page.getByRole("main").getByRole("link", { name: first, exact: true }).click();
    await title(page, first).waitFor();
    await button(page, "Start").click();
    while (await button(page, "Next").count()) await button(page, "Next").click();
    await button(page, "Done").click();
    await page.getByRole("group", { name: "How did it go?" }).getByRole("button", { name: LEVELS[2], exact: true }).click();
    await stored(page, "the report", (family) => reportsOf(family).length === 1);
    await navigate(page, "Plan");
    await moments(page).filter({ hasText: first }).getByText("Done", { exact: true }).waitFor();

    await page.clock.setFixedTime(new Date(Date.now() + 2 * 86_400_000));
    await navigate(page, "Today");
    await navigate(page, "Plan");
    await page.getByRole("heading", { name: "Still waiting" }).waitFor();
    const waiting = button(page, "Put it on today");
    const count = await waiting.count();
    assert.ok(count >= 1);
    await waiting.first().click();
    await status(page, "now").waitFor();
    await until("one fewer", async () => (await waiting.count()) === count - 1);
    assert.match((await byDay(page)).find((one) => one.day.includes("today")).titles.join(), /./);
    assert.ok(await button(page, "Fill the empty days").count(), "the days that came new can be filled");
  });

  test("on A4 and Letter it is black on white, has all days and no buttons, and is a page or two; large print is larger", async () => {
    const { page } = await here.visit({ scheme: "dark" });
    const all = await makePlan(page);
    const size = () => page.evaluate(() => {
      const app = document.querySelector("just-right-picker").shadowRoot;
      return parseFloat(getComputedStyle(app.querySelector(".moment h3")).fontSize);
    });
    for (const format of ["A4", "Letter"]) assert.ok((await pages(page, format)) <= 2, format);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await titles(page), all);
    assert.equal(await page.getByRole("button").count(), 0, "no buttons on paper");
    assert.equal(await page.getByRole("meter", { name: "How hard" }).count(), all.length, "the track on each");
    assert.ok(await page.getByText(/^You need: /).first().isVisible());
    assert.ok(await page.getByText(/^Stay /).first().isVisible());
    const [ink, cut] = await page.evaluate(() => {
      const app = document.querySelector("just-right-picker").shadowRoot;
      const width = document.documentElement.clientWidth;
      const wide = [...app.querySelectorAll(".moment *")].filter((one) => one.getBoundingClientRect().right > width + 1);
      return [getComputedStyle(app.querySelector(".moment h3")).color, wide.length];
    });
    assert.equal(ink, "rgb(0, 0, 0)");
    assert.equal(cut, 0, "nothing is cut at the side");
    const usual = await size();
    await page.emulateMedia({ media: null });
    await button(page, "Large print").click();
    await page.getByRole("button", { name: "Large print", pressed: true }).waitFor();
    await page.emulateMedia({ media: "print" });
    assert.ok((await size()) >= 1.4 * usual, "large print is larger");
    assert.ok((await pages(page, "A4")) <= 6);
  });

  test("printing asks the browser, and where it may not, that is said", async () => {
    const { page } = await here.visit();
    await makePlan(page);
    await page.evaluate(() => { window.print = () => { window.printed = true; }; });
    await button(page, "Print the week").click();
    assert.equal(await page.evaluate(() => window.printed), true);
    await page.evaluate(() => { window.print = () => { throw new Error("not here"); }; });
    await button(page, "Print the week").click();
    await page.getByRole("alert").filter({ hasText: "does not let us print" }).waitFor();
  });

  test("the calendar file has an event for each moment, all day or at a time, with the name only where that was wanted", async () => {
    const { page } = await here.visit();
    const all = await makePlan(page);
    const save = () => saved(page, () => button(page, "Save the calendar file").click());
    const first = await save();
    assert.match(first.name, /\.ics$/);
    const plain = events(first.text);
    assert.deepEqual(plain.map((one) => one.SUMMARY.replaceAll("\\", "")), all);
    assert.ok(plain.every((one) => one.UID && /^\d{8}T\d{6}Z$/.test(one.DTSTAMP) && /^\d{8}$/.test(one["DTSTART;VALUE=DATE"])));
    assert.equal(new Set(plain.map((one) => one.UID)).size, all.length);
    assert.ok(!first.text.includes("Mia"), "nothing of the child");
    const now = new Date();
    const today = `${now.getFullYear()}${String(now.getMonth() + 1).padStart(2, "0")}${String(now.getDate()).padStart(2, "0")}`;
    assert.equal(plain[0]["DTSTART;VALUE=DATE"], today);

    await page.getByLabel("At what time?").fill("16:30");
    await page.getByRole("checkbox", { name: "Put Mia’s name in it" }).check();
    await status(page, "Saved as").waitFor();
    const second = events((await save()).text);
    assert.equal(second[0].DTSTART, `${today}T163000`);
    assert.ok(second.every((one) => one.SUMMARY.endsWith(" with Mia")));
    assert.deepEqual(second.map((one) => one.UID), plain.map((one) => one.UID), "the same moments keep their names");
  });

  for (const [name, viewport] of [["phone", { width: 320, height: 640 }], ["wide screen", WIDE]]) {
    test(`nothing scrolls sideways and targets are large enough on a ${name}`, async () => {
      const { page } = await here.visit({ viewport });
      await makePlan(page);
      await change(page).first().click();
      const [wide, small] = await page.evaluate(() => {
        const app = document.querySelector("just-right-picker").shadowRoot;
        const boxes = [...app.querySelectorAll(".plan button")].map((one) => one.getBoundingClientRect());
        return [document.documentElement.scrollWidth > document.documentElement.clientWidth, boxes.filter((box) => box.height < 44 || box.width < 36).length];
      });
      assert.ok(!wide, "no sideways scrolling");
      assert.equal(small, 0);
    });
  }
});

describe("An activity on paper", () => {
  test("is one page with what one needs, the steps, safety, the ladder and the track, and no buttons", async () => {
    const { page } = await here.visit({ scheme: "dark" });
    for (const name of await begin(page)) {
      await open(page, name);
      for (const format of ["A4", "Letter"]) {
        assert.equal(await pages(page, format), 1, `${name} on ${format}`);
      }
      await page.emulateMedia({ media: "print" });
      for (const part of ["What you need", "Set up", "What to do", "Safety", "From easiest to hardest"]) {
        assert.ok(await page.getByRole("heading", { name: part, exact: true }).isVisible(), part);
      }
      assert.ok(await page.getByRole("meter", { name: "How hard" }).isVisible());
      assert.equal(await button(page, "Start").count(), 0);
      await page.emulateMedia({ media: null });
      await navigate(page, "Today");
      await picks(page);
    }
  });
});

describe("Doing something together", () => {
  const addLeo = async (page, years = "6") => {
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child" }).click();
    await describeChild(page, { years, nickname: "Leo" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await picks(page);
    await navigate(page, "Children");
  };

  for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    test(`two children, one activity, each in their own way; told for both with a tap each, on a ${screen}`, async () => {
      const { page } = await here.visit({ viewport });
      await begin(page, MIA);
      await navigate(page, "Children");
      await title(page, "Children").waitFor();
      assert.equal(await page.getByRole("link", { name: "Do something together" }).count(), 0, "nothing to do together alone");
      await addLeo(page);
      await page.getByRole("link", { name: "Do something together" }).click();
      await title(page, "Do something together").waitFor();
      const cards = page.getByRole("article");
      await cards.first().waitFor();
      assert.ok((await cards.count()) <= 6);
      for (const name of ["Mia", "Leo"]) {
        assert.ok(await page.getByRole("checkbox", { name }).isChecked());
        await cards.first().getByText(new RegExp(`^For ${name}: `)).waitFor();
      }
      assert.equal(await cards.first().getByRole("meter").count(), 2, "a track for each child");
      assert.match(await cards.first().innerText(), /Stay /);
      const name = (await cards.first().getByRole("heading").textContent()).trim();
      await cards.first().getByRole("link", { name, exact: true }).click();
      await title(page, name).waitFor();
      for (const part of ["Mia", "Leo", "What you need", "Safety"]) await page.getByRole("heading", { name: part, exact: true }).waitFor();
      await button(page, "Start").click();
      assert.equal(await page.getByRole("heading", { name: "What to do" }).count(), 2, "both roles' steps");
      await button(page, "Done").click();
      await title(page, "How did it go?").waitFor();
      const tell = (child) => page.getByRole("group", { name: `How did it go for ${child}?` });
      await tell("Mia").getByRole("button", { name: "By themselves", exact: true }).click();
      await until("Mia is told", async () => (await tell("Mia").count()) === 0);
      await button(page, "Undo").click();
      await tell("Mia").getByRole("button", { name: "Not this time", exact: true }).click();
      await tell("Leo").getByRole("button", { name: "Easily", exact: true }).click();
      await page.getByText("The next picks know it for each of them.").waitFor();
      const { family } = await stored(page, "a report for each", (family) => reportsOf(family).length === 2);
      const told = family.children.map((child) => child.history.map((one) => [one.reported.activity, one.reported.level]));
      assert.deepEqual(told.map((one) => one.map(([, level]) => level)), [["not-this-time"], ["easily"]]);
      assert.equal(told[0][0][0], told[1][0][0], "the same activity");
      await page.getByRole("link", { name: "Other things to do together" }).click();
      await cards.first().waitFor();
    });
  }

  test("one child alone is asked for company, and where nothing suits all, what to relax is said", async () => {
    const { page } = await here.visit();
    await begin(page, { years: "12", months: "11", nickname: "Mia" });
    await addLeo(page, "1");
    await page.getByRole("link", { name: "Do something together" }).click();
    await page.getByRole("checkbox", { name: "Leo" }).uncheck();
    await status(page, "at least two").waitFor();
    assert.equal(await page.getByRole("article").count(), 0);
    await page.getByRole("checkbox", { name: "Leo" }).check();
    await until("an answer", async () => (await page.getByRole("article").count()) > 0 || (await page.getByText("Nothing suits all of them").count()) > 0);
    if (!(await page.getByRole("article").count())) await page.getByRole("link", { name: "Choose another kind of day" }).waitFor();
  });
});
