// Every screen by its address, with a family that has much to show: what a machine can check of WCAG 2.2 AA in both themes and two widths,
// no sideways scrolling at 320 px, one heading, and nothing to press that is smaller than a finger.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { bringFamily, go } from "./support/made.mjs";
import { NOW } from "./support/family.mjs";
import { SCREENS } from "./support/screens.mjs";
import { PHONE, stage, WIDE } from "./support/stage.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const here = stage();

/** A page with the made family, on the day of the pictures. */
async function family(options) {
  const { page } = await here.visit({ reducedMotion: "reduce", serviceWorkers: "block", locale: "en", timezoneId: "UTC", ...options });
  await page.clock.setFixedTime(NOW);
  await bringFamily(page);
  return page;
}

const screens = SCREENS.filter((screen) => screen.for === "a family");

describe("Every screen", () => {
  for (const [size, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
    for (const scheme of ["light", "dark"]) {
      test(`on a ${size} in ${scheme}: axe finds nothing to mend`, async () => {
        const page = await family({ viewport, scheme });
        const found = [];
        for (const screen of screens) {
          await go(page, here.site.url, screen);
          const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
          for (const one of violations) found.push(`${screen.name}: ${one.id}: ${one.nodes.map((node) => node.target.flat().join(" ")).slice(0, 3).join(", ")}`);
        }
        assert.deepEqual(found, []);
      });
    }
  }

  test("has one heading, and at 320 px nothing makes it scroll sideways or is too small to press", async () => {
    const page = await family({ viewport: { width: 320, height: 640 } });
    const found = [];
    for (const screen of screens) {
      await go(page, here.site.url, screen);
      const seen = await page.evaluate(() => {
        const root = document.querySelector("just-right-picker").shadowRoot;
        const pressed = [...root.querySelectorAll("main button, main summary, main label.choice, nav a")];
        const small = pressed.filter((one) => one.checkVisibility()).filter((one) => {
          const { width, height } = one.getBoundingClientRect();
          return width > 0 && (height < 43.5 || width < 43.5);
        });
        return {
          wider: document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth,
          headings: root.querySelectorAll("h1").length,
          small: small.map((one) => one.textContent.trim()).slice(0, 4),
        };
      });
      if (seen.wider > 0) found.push(`${screen.name}: ${seen.wider} px too wide`);
      if (seen.headings !== 1) found.push(`${screen.name}: ${seen.headings} headings`);
      if (seen.small.length) found.push(`${screen.name}: too small: ${seen.small.join(" | ")}`);
    }
    assert.deepEqual(found, []);
  });
});
