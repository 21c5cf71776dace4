// Before there is a language that needs it: every screen in words that are much longer, and from right to left. Both are made of English in
// the test build (`src/pseudo.rs`), so nothing here goes by words.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { bringFamily, go } from "./support/made.mjs";
import { SCREENS } from "./support/screens.mjs";
import { DIST_TEST, stage } from "./support/stage.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [320, 360];
/** For axe: so tall that nothing lies under the navigation, which sticks to the bottom. */
const TALL = { width: 360, height: 6000 };
const LANGUAGES = [["en-XA", "ltr"], ["ar-XB", "rtl"]];

const here = stage(DIST_TEST);

/** From now on the page asks for this language. */
const speak = (tag) => { here.site.change = { "index.html": (text) => text.replace('<just-right-picker lang="en"', `<just-right-picker lang="${tag}"`) }; };

/** What is wider than its place, and how much the page scrolls sideways. */
const tooWide = (page) => page.evaluate(() => {
  const root = document.querySelector("just-right-picker").shadowRoot;
  const hasWords = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isShown = (one) => one.clientWidth > 1 && one.clientHeight > 1;
  // A child's name at the top may be shortened: it stands in full on the screen that it leads to.
  const cut = [...root.querySelectorAll(".app *:not(svg, svg *, .chip, .chip *)")]
    .filter((one) => isShown(one) && (hasWords(one) || one.querySelector(":scope > span:not([hidden])")) && one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.localName}.${one.className}: ${one.scrollWidth} > ${one.clientWidth} px: ${one.textContent.trim().slice(0, 40)}`);
  const sideways = document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth;
  return sideways > 0 ? [...cut, `the page scrolls sideways by ${sideways} px`] : cut;
});

/** All that is wrong with what stands there. */
async function look(page, name, [tag, direction]) {
  const found = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    found.push(...(await tooWide(page)).map((one) => `${name} at ${width} px: ${one}`));
  }
  await page.setViewportSize(TALL);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
  found.push(...violations.map((one) => `${name}: ${one.id}: ${one.nodes[0].html}`));
  const said = await page.locator(".app").evaluate((app) => [app.lang, app.dir, document.documentElement.lang, document.documentElement.dir]);
  if (said.join() !== [tag, direction, tag, direction].join()) found.push(`${name} says that it is ${said}`);
  return found;
}

const main = (page) => page.locator("main .button.main").first();

for (const language of LANGUAGES) {
  const [tag] = language;
  describe(`In ${tag}`, () => {
    test("the road of somebody new can be gone, and nothing is cut or pushed out on the way", async () => {
      speak(tag);
      const { page } = await here.visit({ viewport: { width: WIDTHS[0], height: 740 }, reducedMotion: "reduce", serviceWorkers: "block" });
      const found = [];
      const see = async (name) => found.push(...await look(page, name, language));
      await see("hello");
      await main(page).click();
      await page.locator("#years").waitFor();
      await main(page).click();
      await page.locator("[aria-invalid=true]").waitFor();
      await see("a mistake");
      await page.locator("#years").fill("4");
      await main(page).click();
      await page.locator("article h2 a").first().waitFor();
      await see("today");
      await page.locator("article h2 a").first().click();
      await page.locator(".three, .grade").first().waitFor();
      await see("activity");
      await main(page).click();
      await page.locator("progress").waitFor();
      await see("doing");
      for (let taps = 0; taps < 40 && !(await page.locator(".outcomes").count()); taps += 1) await main(page).click();
      await see("how did it go");
      await page.locator(".outcomes .outcome").last().click();
      await page.locator(".notice.learned").waitFor();
      await see("what was learned");
      assert.deepEqual(found, []);
    });

    test("every screen of a family fits, is clean and says its language", async () => {
      here.site.change = {};
      const { page } = await here.visit({ viewport: { width: WIDTHS[0], height: 740 }, reducedMotion: "reduce", serviceWorkers: "block" });
      await bringFamily(page);
      speak(tag);
      await page.reload();
      const found = [];
      for (const screen of [...SCREENS.filter((one) => one.for === "a family"), { name: "gallery", at: "#/gallery" }]) {
        await go(page, here.site.url, screen);
        found.push(...await look(page, screen.name, language));
      }
      assert.deepEqual(found, []);
    });
  });
}
