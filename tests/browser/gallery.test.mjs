// The page of all components, in every state: what holds for each of them holds wherever it is used.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { button } from "./support/road.mjs";
import { DIST_TEST, PHONE, stage, WIDE } from "./support/stage.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const PARTS = new URL("../../src/views/parts.rs", import.meta.url);
const NARROW = { width: 320, height: 640 };

const here = stage(DIST_TEST);

/** The gallery, with its form sent empty where that is asked for. */
async function gallery({ mistaken = false, ...options } = {}) {
  const { page } = await here.visit({ at: "#/gallery", reducedMotion: "reduce", ...options });
  await page.getByRole("heading", { level: 1, name: "Every component" }).waitFor();
  await page.getByRole("img").first().waitFor();
  if (mistaken) {
    await page.getByRole("form").getByRole("button", { name: /^Show/ }).click();
    await page.getByRole("alert").filter({ hasText: "Please" }).waitFor();
  }
  return page;
}

describe("Every component", () => {
  test("is on the page, and nothing is named there that is no longer made", async () => {
    const made = [...(await readFile(PARTS, "utf8")).matchAll(/^pub fn (\w+)/gm)].map(([, name]) => name);
    const page = await gallery();
    const shown = await page.locator("[data-parts]").evaluateAll((all) => all.flatMap((one) => one.dataset.parts.split(" ").filter(Boolean)));
    assert.deepEqual([...new Set(shown)].sort(), made.sort());
  });

  for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    for (const scheme of ["light", "dark"]) {
      for (const mistaken of [false, true]) {
        test(`is clean on a ${screen} in ${scheme}${mistaken ? ", with a mistake in the form" : ""}`, async () => {
          const page = await gallery({ viewport, scheme, mistaken });
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
          assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`), []);
        });
      }
    }
  }

  test("fits into 320 px", async () => {
    const page = await gallery({ viewport: NARROW, mistaken: true });
    const wide = await page.evaluate(() => {
      const root = document.querySelector("just-right-picker").shadowRoot;
      return [...root.querySelectorAll(".gallery *:not(svg *)")]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5)
        .map((one) => `${one.localName}.${one.className.baseVal ?? one.className}`);
    });
    assert.deepEqual(wide, []);
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), NARROW.width);
  });

  test("that can be pressed is at least 44 px high, and buttons as wide", async () => {
    for (const viewport of [NARROW, WIDE]) {
      const page = await gallery({ viewport });
      const small = await page.evaluate(() => {
        const root = document.querySelector("just-right-picker").shadowRoot;
        return [...root.querySelectorAll("button, a.button, a.chip, nav a, input[type=text], summary, label.choice")]
          .map((one) => ({ name: (one.textContent || one.id).trim(), box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)} px`);
      });
      assert.deepEqual(small, []);
    }
  });

  test("looks another way in each of its states where the colours are the reader's own", async () => {
    const page = await gallery({ forcedColors: "active", mistaken: true });
    const look = (selector, of) => page.locator(selector).first().evaluate((one, of) => {
      const style = getComputedStyle(one, of);
      return ["borderTopWidth", "borderTopStyle", "borderTopColor", "borderInlineStartWidth", "backgroundColor", "color", "outlineStyle", "outlineWidth", "fontWeight", "textDecorationLine", "listStyleType"].map((name) => style[name]).join();
    }, of);
    for (const [what, one, other, of] of [
      ["chosen of three", ".segment.here", ".segment:not(.here)"],
      ["what holds", ".tap:not(.lack)[aria-pressed=true]", ".tap:not(.lack)[aria-pressed=false]"],
      ["what is lacking", ".lack[aria-pressed=true]", ".lack[aria-pressed=false]"],
      ["a button that cannot be pressed", ".button.quiet[aria-disabled]", ".button.quiet:not([aria-disabled])"],
      ["the main button", ".button.main", ".button.quiet"],
      ["a field with a mistake", "input[aria-invalid=true]", "input[type=text]:not([aria-invalid])"],
      ["the rung where one is", ".ladder .here", ".ladder li:not(.here)", "::after"],
    ]) assert.notEqual(await look(one, of), await look(other, of), what);
    const ground = await page.locator(".app").evaluate((one) => getComputedStyle(one).backgroundColor);
    for (const [selector, property] of [[".track-dot", "fill"], [".track-line", "stroke"]]) {
      assert.notEqual(await page.locator(selector).first().evaluate((one, property) => getComputedStyle(one)[property], property), ground, `${selector} stands out`);
    }
  });

  test("stands on the page in all its states", async () => {
    const page = await gallery();
    const count = (selector) => page.locator(`.gallery ${selector}`).count();
    assert.ok((await count(".meter")) >= 9 + 3, "the track in many places, and on the cards");
    assert.equal(await count(".outcomes .outcome"), 5);
    assert.ok((await count(".notice")) >= 4 && (await count(".notice.problem")) >= 1 && (await count(".notice.learned")) >= 1);
    assert.equal(await count(".confirm"), 1);
    assert.ok((await count("progress")) >= 3);
    assert.equal(await page.getByRole("article").count(), 3);
    await button(page, "A hard day").click();
    await page.getByRole("button", { name: "A hard day", pressed: true }).waitFor();
  });
});
