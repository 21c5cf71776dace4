// Everybody: what can be checked by a machine of WCAG 2.2 AA, on every screen, in both themes and widths; and what axe does not look at.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { DIST_TEST, PHONE, stage, until, WIDE } from "./support/stage.mjs";
import { begin, button, describeChild, doIt, find, how, importFile, LEVELS, meter, navigate, open, picks, report, title, whole } from "./support/road.mjs";
import { put, stored } from "./support/store.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const NARROW = { width: 320, height: 640 };

/** Goes to every screen and state in turn and lets `look` look at each. */
async function everyScreen(here, page, look) {
  await button(page, /^Find an activity/).waitFor();
  await page.getByRole("img").first().waitFor();
  await look("Hello");
  await find(page);
  await look("How old");
  await page.getByRole("button", { name: /^Show/ }).click();
  await page.getByRole("alert").filter({ hasText: "Please" }).waitFor();
  await look("How old, with a mistake");
  await describeChild(page, { years: "4", months: "2", nickname: "Mia" });
  await page.getByRole("button", { name: /^Show/ }).click();
  const [name] = await picks(page);
  await look("Today");
  await open(page, name);
  await page.getByText("For professionals").click();
  await look("Activity");
  await button(page, "Start").click();
  await button(page, "Next").click();
  await button(page, "One step back").waitFor();
  await look("Doing");
  await button(page, "Done").click();
  await how(page).waitFor();
  await look("How did it go");
  await report(page, "Easily");
  await picks(page);
  await look("Today, with what was learned");
  await page.getByRole("link", { name: "Answer a few questions" }).click();
  await button(page, "No chance to try").click();
  await button(page, "Question before").waitFor();
  await page.getByText("Why we ask").click();
  await look("Question");
  await navigate(page, "Children");
  await title(page, "Children").waitFor();
  await look("Children");
  await page.getByRole("link", { name: "Change Mia" }).click();
  await button(page, "Remove Mia").click();
  await button(page, "Yes, remove").waitFor();
  await look("One child, asked before removing");
  await navigate(page, "Settings");
  await title(page, "Settings").waitFor();
  await importFile(page, { name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByRole("alert").filter({ hasText: "another program" }).waitFor();
  await button(page, "Erase everything").click();
  await button(page, "Yes, erase").waitFor();
  await look("Settings, with a problem and a question");
  await navigate(page, "Who can help");
  await title(page, "Who can help").waitFor();
  await look("Who can help");
  await page.goto(`${here.site.url}#/advice/just-right-challenge`);
  await until("the other advice", async () => (await page.getByRole("heading", { level: 1 }).textContent()) !== "Who can help");
  await look("How it decides");
  await page.goto(`${here.site.url}#/activity/nope`);
  await page.getByText("do not know this activity").waitFor();
  await look("Unknown activity");
}

describe("Axe finds nothing to mend", () => {
  const here = stage();
  for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    for (const scheme of ["light", "dark"]) {
      test(`on every screen on a ${screen} in ${scheme}`, async () => {
        const { page } = await here.visit({ viewport, scheme, reducedMotion: "reduce" });
        const found = [];
        await everyScreen(here, page, async (name) => {
          const { violations, passes } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
          for (const rule of ["color-contrast", "target-size"]) assert.ok(passes.some((one) => one.id === rule), `axe has looked into the app: ${rule}`);
          for (const one of violations) found.push(`${name}: ${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.flat().join(" ")).slice(0, 3).join(", ")}`);
        });
        assert.deepEqual(found, []);
      });
    }
  }

  test("where something unreadable is stored, in light and dark", async () => {
    for (const scheme of ["light", "dark"]) {
      const { page } = await here.visit({ scheme });
      await put(page, { a: "{ cut" });
      await page.reload();
      await page.getByRole("alert").filter({ hasText: "cannot be read" }).waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
      assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), []);
    }
  });
});

describe("The card after a fault of ours", () => {
  const here = stage(DIST_TEST);
  test("is as clean as the rest, in light and dark", async () => {
    for (const scheme of ["light", "dark"]) {
      const { page } = await here.visit({ scheme, calm: false, at: "#/panic", ready: false });
      await page.getByRole("heading", { name: /went wrong/ }).waitFor();
      await button(page, "Export").waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
      assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html}`), []);
    }
  });
});

describe("Small screens, large fingers, own colours", () => {
  const here = stage();

  test("at 320 px nothing makes the page scroll sideways, on any screen", async () => {
    const { page } = await here.visit({ viewport: NARROW });
    const found = [];
    await everyScreen(here, page, async (name) => {
      const wider = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      if (wider > 0) found.push(`${name}: ${wider} px too wide`);
    });
    assert.deepEqual(found, []);
  });

  test("at 200 % text size nothing is cut off or pushed out, on any screen", async () => {
    const { page } = await here.visit({ viewport: { width: 640, height: 900 } });
    const found = [];
    await everyScreen(here, page, async (name) => {
      // Zoom by half the width at the same text: what a browser's zoom of 200 % does.
      await page.setViewportSize({ width: 320, height: 450 });
      const cut = await page.evaluate(() => {
        const root = document.querySelector("just-right-picker").shadowRoot;
        const cut = [];
        for (const element of root.querySelectorAll("button, a, h1, h2, p, label, li")) {
          const style = getComputedStyle(element);
          const clips = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
          if (clips && !element.classList.contains("live") && element.scrollWidth > element.clientWidth + 1) cut.push(element.textContent.trim().slice(0, 40));
        }
        return cut;
      });
      if (cut.length) found.push(`${name}: ${cut.join(" | ")}`);
      await page.setViewportSize({ width: 640, height: 900 });
    });
    assert.deepEqual(found, []);
  });

  test("buttons, links of the navigation, fields and choices are at least 44 px high, on any screen", async () => {
    for (const viewport of [PHONE, WIDE]) {
      const { page } = await here.visit({ viewport });
      const found = [];
      await everyScreen(here, page, async (name) => {
        const small = await page.evaluate(() => {
          const root = document.querySelector("just-right-picker").shadowRoot;
          return [...root.querySelectorAll("button, nav a, header a, a.button, input[type=text], summary, label.choice")]
            .map((element) => ({ text: (element.textContent || element.id).trim(), box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && box.height < 43.5)
            .map(({ text, box }) => `${text} ${Math.round(box.height)} px`);
        });
        if (small.length) found.push(`${name}: ${small.join(", ")}`);
      });
      assert.deepEqual(found, []);
    }
  });

  test("nothing lies under the navigation that sticks to the bottom: what has the focus can be seen", async () => {
    const { page } = await here.visit({ viewport: PHONE });
    await begin(page);
    await navigate(page, "Settings");
    await title(page, "Settings").waitFor();
    const hidden = [];
    for (let pressed = 0; pressed < 25; pressed += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(() => {
        const root = document.querySelector("just-right-picker").shadowRoot;
        const element = root.activeElement;
        if (!element || element.closest("nav")) return "";
        const [box, nav] = [element.getBoundingClientRect(), root.querySelector("nav").getBoundingClientRect()];
        const sticky = getComputedStyle(root.querySelector("nav")).position === "sticky";
        return sticky && box.bottom > nav.top + 1 && box.top < nav.bottom ? element.textContent.trim() : "";
      });
      if (found) hidden.push(found);
    }
    assert.deepEqual(hidden, []);
  });

  test("with forced colours the road can be gone, and what is chosen or just right can be told apart", async () => {
    const { page } = await here.visit({ forcedColors: "active" });
    const [name] = await begin(page);
    const look = (locator) => locator.evaluate((element) => {
      const style = getComputedStyle(element);
      return [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, style.backgroundColor, style.color, style.outlineStyle, style.fontWeight, style.textDecorationLine].join();
    });
    const mood = page.getByRole("group", { name: "How is today?" });
    assert.notEqual(await look(mood.getByRole("button", { pressed: true })), await look(mood.getByRole("button", { pressed: false }).first()), "the chosen kind of day");
    const nav = page.getByRole("navigation");
    assert.notEqual(await look(nav.getByRole("link", { name: "Today" })), await look(nav.getByRole("link", { name: "Settings" })), "where one is");
    const colour = (selector, property) => page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
    const ground = await colour(".app", "backgroundColor");
    for (const [selector, property] of [[".track-dot", "fill"], [".track-line", "stroke"]]) {
      assert.notEqual(await colour(selector, property), ground, `${selector} stands out`);
    }
    await whole(page, name, "Easily");
  });

  test("with less motion asked for, nothing moves", async () => {
    const { page } = await here.visit({ reducedMotion: "reduce" });
    const [name] = await begin(page);
    await open(page, name);
    const moving = await page.evaluate(() => {
      const root = document.querySelector("just-right-picker").shadowRoot;
      return [...root.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) > 0.01 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0.01);
      }).map((element) => element.className.baseVal ?? element.className);
    });
    assert.deepEqual(moving, []);
  });
});

describe("What is said to those who listen", () => {
  const here = stage();

  test("the page has a language, a title that follows the screen, one first heading, and landmarks", async () => {
    const { page } = await here.visit();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    const titles = new Set();
    await everyScreen(here, page, async (name) => {
      assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, `${name} has one first heading`);
      for (const landmark of ["banner", "main", "navigation"]) {
        assert.equal(await page.getByRole(landmark).count(), 1, `${name} has ${landmark}`);
      }
      const found = await page.title();
      assert.match(found, /Just Right/);
      titles.add(found);
    });
    assert.ok(titles.size >= 6, `the title says where one is: ${[...titles].join(" | ")}`);
  });

  test("the track has words, and they are the same for those who look", async () => {
    const { page } = await here.visit();
    await begin(page);
    for (const one of await page.getByRole("article").all()) {
      const words = await meter(one).getAttribute("aria-valuetext");
      assert.match(words, /^(Very easy|On the easy side|Just right|A stretch|Too hard for today)\. About \d times in 10 it should go well\.( We are still finding out\.)?$/);
      assert.ok((await one.innerText()).replace(/\s+/g, " ").includes(words));
      assert.equal(await meter(one).getAttribute("aria-valuemin"), "0");
      assert.equal(await meter(one).getAttribute("aria-valuemax"), "100");
    }
  });

  test("voice control finds what is written: the names of buttons and links begin with their words", async () => {
    const { page } = await here.visit();
    const [name] = await begin(page);
    await open(page, name);
    await doIt(page);
    for (const level of LEVELS) {
      const found = how(page).getByRole("button", { name: level, exact: true });
      assert.equal((await found.innerText()).trim(), level);
    }
    await report(page, "Easily");
    await stored(page, "the child", (family) => family.children.length === 1);
  });
});
