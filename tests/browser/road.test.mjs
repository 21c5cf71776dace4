// The road of a family, from the first screen to picks that have changed because of what a parent said, in the release itself.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, stage, until, WIDE } from "./support/stage.mjs";
import { begin, button, describeChild, doIt, find, how, LEARNED, LEVELS, meter, MIA, moves, navigate, open, percent, picks, report, step, title, whole } from "./support/road.mjs";
import { reportsOf, stored } from "./support/store.mjs";

const here = stage();

const SECTIONS = ["What you need", "Set up", "What to do", "Safety", "Why it fits", "Changed for Mia"];
const section = (page, name) => page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name, exact: true }) });

/** The service worker holds the whole release. */
const keptForOffline = (page) => page.evaluate(async () => { await navigator.serviceWorker.ready; });

async function cutOff(context) {
  await context.setOffline(true);
  await here.site.stop();
}

/** Everything on an activity's page is there to be read, in words. */
async function readsAll(page, name) {
  for (const heading of SECTIONS) {
    const found = section(page, heading);
    await found.waitFor();
    const body = (await found.innerText()).replace(heading, "").trim();
    assert.ok(body.length > 15, `“${heading}” of “${name}” says something: ${body}`);
  }
  assert.ok((await section(page, "What to do").getByRole("listitem").count()) >= 2, "there are steps to follow");
  assert.match(await section(page, "Safety").innerText(), /Stay within|Stay in the same room/, "safety says how near the adult stays");
  const chance = await percent(page);
  assert.ok(chance > 30 && chance < 99, `the expected success is a real chance: ${chance}`);
  const [, times] = (await meter(page).getAttribute("aria-valuetext")).match(/About (\d) times in 10/);
  assert.ok(Math.abs(times - chance / 10) <= 0.55, `the words say what the number says: ${times} of 10, ${chance} %`);
}

describe("A family gets its first pick, end to end", () => {
  for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    for (const scheme of ["light", "dark"]) {
      test(`on a ${screen} in ${scheme}: pick, do, tell, better picks; still there tomorrow and without a network`, async () => {
        const { context, page } = await here.visit({ viewport, scheme });
        const ground = await page.evaluate(() => {
          const app = document.querySelector("just-right-picker").shadowRoot.querySelector(".app");
          return getComputedStyle(app).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0);
        });
        assert.ok(scheme === "dark" ? ground < 200 : ground > 600, `the page is ${scheme}`);

        const first = await begin(page);
        assert.equal(first.length, 3, "three picks");
        assert.equal(new Set(first).size, 3, "three different ones");
        assert.equal(await meter(page).count(), 3, "each says how hard it is");

        await open(page, first[1]);
        await readsAll(page, first[1]);
        const start = await percent(page);
        const easier = await moves(page, "Easier");
        assert.ok(easier > start, `Easier raises the chance of success: ${start} → ${easier}`);
        const harder = await moves(page, "Harder");
        assert.ok(harder < easier, `Harder lowers it: ${easier} → ${harder}`);
        const steps = await doIt(page);
        assert.ok(steps.length >= 3, "set-up and steps, one at a time");
        assert.deepEqual(await how(page).getByRole("button").allTextContents(), LEVELS);
        await report(page, "Not this time");
        const second = await picks(page);
        assert.equal(second.length, 3);
        assert.notDeepEqual([...second].sort(), [...first].sort(), "the picks are others now");

        await stored(page, "the report", (family) => reportsOf(family).length === 1);
        await keptForOffline(page);
        await page.close();
        const again = await context.newPage();
        await again.goto(here.site.url);
        assert.deepEqual(await picks(again), second, "the same picks the next day");
        await again.getByRole("link", { name: /^Mia, 4/ }).waitFor();

        await cutOff(context);
        await again.reload();
        assert.deepEqual(await picks(again), second, "without a network all is there");
        await whole(again, second[0], "Easily");
        assert.notDeepEqual((await picks(again)).sort(), [...second].sort());
        await stored(again, "the second report", (family) => reportsOf(family).length === 2);
        await again.reload();
        assert.equal((await picks(again)).length, 3);
      });
    }
  }

  test("somebody new without a network after one visit goes the whole road, from the first screen to the end", async () => {
    const { context, page } = await here.visit();
    await keptForOffline(page);
    await cutOff(context);
    await page.reload();
    const [one] = await begin(page);
    await whole(page, one, "By themselves");
    await page.goto(`${here.site.url}#/advice/who-can-help`);
    await title(page, "Who can help").waitFor();
  });

  test("no other question than the age: years alone are enough, and nobody needs a nickname", async () => {
    const { page } = await here.visit();
    const [one, ...others] = await begin(page, { years: "3" });
    assert.equal(others.length, 2);
    await title(page, "Three for your child").waitFor();
    await open(page, one);
    await page.getByRole("heading", { name: "Changed for your child" }).waitFor();
    await doIt(page);
    const said = await report(page, "With a lot of help");
    assert.ok(!said.includes("{"), said);
    assert.match(said[0], /[A-Z]/, "a sentence begins with a capital");
  });

  for (const [years, months] of [["1", ""], ["1", "6"], ["2", "11"], ["7", "0"], ["12", "11"]]) {
    test(`there are three picks at ${years} years ${months || "no"} months`, async () => {
      const { page } = await here.visit();
      const found = await begin(page, { years, months });
      assert.equal(found.length, 3);
      await open(page, found[0]);
    });
  }
});

describe("What a parent reports counts", () => {
  const promises = [["Not this time", -1], ["With a lot of help", -1], ["By themselves", 1], ["Easily", 1]];
  test("the same grade is expected to go worse after “Not this time” and better after “Easily”", async () => {
    const { page } = await here.visit();
    const [, name] = await begin(page);
    const told = {};
    for (const [level, sign] of promises) {
      await open(page, name);
      const [address, before] = [page.url(), await percent(page)];
      await doIt(page);
      told[level] = await report(page, level);
      await page.goto(address);
      await button(page, "Start").waitFor();
      const after = await percent(page);
      assert.ok(Math.sign(after - before) === sign, `${level}: ${before} → ${after}`);
      await navigate(page, "Today");
      // Back to where it began, so that each level is compared with the same belief.
      await page.getByRole("link", { name: /^Mia, 4/ }).click();
      await page.getByRole("link", { name: "Change Mia" }).click();
      await button(page, "Remove Mia").click();
      await button(page, "Yes, remove").click();
      await page.getByRole("link", { name: "Add a child" }).click();
      await describeChild(page, MIA);
      await page.getByRole("button", { name: /^Show/ }).click();
      assert.equal((await picks(page))[1], name, "the same child gets the same picks");
    }
    assert.notEqual(told["Not this time"], told.Easily);
  });

  test("a report can be taken back: Undo brings the picks of before", async () => {
    const { page } = await here.visit();
    const first = await begin(page);
    await whole(page, first[0], "Easily");
    await button(page, "Undo").click();
    await page.getByRole("status").filter({ hasText: "Taken back" }).waitFor();
    await until("the picks of before", async () => (await picks(page)).join() === first.join());
    await stored(page, "no report", (family) => reportsOf(family).length === 0);
    assert.equal(await button(page, "Undo").count(), 0, "what was taken back cannot be taken back twice");
  });

  test("how today is changes how hard the picks are, and is remembered", async () => {
    const { page } = await here.visit();
    await begin(page);
    const mean = async () => {
      const all = await Promise.all((await meter(page).all()).map((one) => one.getAttribute("aria-valuenow")));
      return all.reduce((sum, one) => sum + Number(one), 0) / all.length;
    };
    const mood = page.getByRole("group", { name: "How is today?" });
    await mood.getByRole("button", { name: "A hard day" }).click();
    await mood.getByRole("button", { name: "A hard day", pressed: true }).waitFor();
    const hard = await mean();
    await mood.getByRole("button", { name: "Up for more" }).click();
    await mood.getByRole("button", { name: "Up for more", pressed: true }).waitFor();
    assert.ok(hard > (await mean()), "a hard day has easier picks");
    await stored(page, "the mood", (family) => family.mood === "stretch");
    await page.reload();
    await mood.getByRole("button", { name: "Up for more", pressed: true }).waitFor();
  });

  test("“Show three more” goes on, and tells when there are no more", async () => {
    const { page } = await here.visit();
    await begin(page);
    const more = button(page, "Show three more");
    for (let shown = 3; shown < 60; ) {
      if (!(await more.count())) return;
      await more.click();
      const now = await until("more picks, or no more to ask for", async () => {
        const count = await page.getByRole("article").count();
        return count > shown || !(await more.count()) ? count : 0;
      }, 3_000);
      shown = now;
    }
  });
});

describe("The browser's own buttons work at each place", () => {
  test("back goes from doing to the activity, to the picks, to the first screens; forward comes again", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await open(page, name);
    const activity = page.url();
    await button(page, "Start").click();
    await button(page, "Done").waitFor();
    await button(page, "Next").click();
    await page.goBack();
    await title(page, name).waitFor();
    assert.equal(page.url(), activity);
    await page.goForward();
    await button(page, "Done").waitFor();
    await button(page, "Done").click();
    await how(page).waitFor();
    await page.goBack();
    await title(page, name).waitFor();
    await page.goBack();
    assert.ok((await picks(page)).includes(name));
    await page.goBack();
    await title(page, "How old is your child?").waitFor();
    await page.goForward();
    await picks(page);
  });

  test("after a report, going back does not report again", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await whole(page, name, "Easily");
    await page.goBack();
    await title(page, name).waitFor();
    assert.equal(await how(page).count(), 0);
    await stored(page, "one report", (family) => reportsOf(family).length === 1);
  });

  test("back from easier and harder leads to the picks in one step", async () => {
    const { page } = await here.visit();
    const [, name] = await begin(page);
    await open(page, name);
    await moves(page, "Easier");
    await moves(page, "Harder");
    await page.goBack();
    await picks(page);
  });

  test("reload in the middle of doing keeps the step", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await open(page, name);
    await button(page, "Start").click();
    const first = await step(page);
    await button(page, "Next").click();
    await until("the second step", async () => (await step(page)) !== first);
    const second = await step(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.reload();
    await button(page, "Done").waitFor();
    assert.equal(await step(page), second);
    await button(page, "One step back").click();
    await until("the first step", async () => (await step(page)) === first);
  });

  test("reload keeps the place: the activity at its grade, how it went, children, settings", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    await open(page, name);
    const chance = await moves(page, "Easier");
    await page.reload();
    await button(page, "Start").waitFor();
    assert.equal(await percent(page), chance);
    await doIt(page);
    await page.reload();
    assert.match(await report(page, "With a little help"), LEARNED);
    for (const [link, heading] of [["Children", "Children"], ["Settings", "Settings"], ["Who can help", "Who can help"]]) {
      await navigate(page, link);
      await title(page, heading).waitFor();
      await page.reload();
      await title(page, heading).waitFor();
    }
  });

  test("a link opened in a new tab shows the same activity", async () => {
    const { context, page } = await here.visit();
    const [name] = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name, exact: true }).click({ modifiers: ["Control"] })]);
    await title(tab, name).waitFor();
    await picks(page);
  });

  test("half a form survives nothing worse than a look at the settings", async () => {
    const { page } = await here.visit();
    await find(page);
    await describeChild(page, { years: "5" });
    await navigate(page, "Settings");
    await title(page, "Settings").waitFor();
    await page.goBack();
    await title(page, "How old is your child?").waitFor();
    await describeChild(page, { years: "5" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await picks(page);
  });
});
