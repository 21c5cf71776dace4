// Languages: the browser's is spoken from the first word on, the family's choice holds, and nothing of another one is left on a page.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bringFamily, go } from "./support/made.mjs";
import { SCREENS } from "./support/screens.mjs";
import { stage, until } from "./support/stage.mjs";
import { button, navigate, title } from "./support/road.mjs";

const here = stage();

/** Words that only English has, and that no screen can do without. */
const ENGLISH = /\b(the|your|with|and|they|this|you|what)\b/i;

const spoken = (page) => page.evaluate(() => {
  const app = document.querySelector("just-right-picker").shadowRoot.querySelector(".app");
  return [document.documentElement.lang, app.lang, app.dir];
});

const said = (page) => page.getByRole("main").innerText();

describe("In Spanish", () => {
  test("somebody with a Spanish browser gets a first pick without a word of English, with and without a network", async () => {
    const { context, page } = await here.visit({ locale: "es-MX" });
    assert.deepEqual(await spoken(page), ["es", "es", "ltr"]);
    await button(page, "Buscar una actividad").or(page.getByRole("main").getByRole("button").first()).first().click();
    await page.getByRole("textbox").first().fill("4");
    await page.getByRole("main").getByRole("button").last().click();
    await page.getByRole("article").first().waitFor();
    await until("names of rungs in Spanish", async () => /Para /.test(await said(page)));
    assert.doesNotMatch(await said(page), ENGLISH);
    await page.getByRole("article").getByRole("link").first().click();
    await page.getByRole("listitem").first().waitFor();
    assert.doesNotMatch(await said(page), ENGLISH);
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole("listitem").first().waitFor();
    assert.doesNotMatch(await said(page), ENGLISH, "offline, too");
  });

  test("the family's choice holds on every screen, numbers and days go by it, and English comes back as it was", async () => {
    const { page } = await here.visit({ locale: "en-US", serviceWorkers: "block" });
    await bringFamily(page);
    await navigate(page, "Settings");
    await page.getByRole("radio", { name: "Español", exact: true }).check();
    await title(page, "Ajustes").or(page.getByText("Idioma", { exact: true })).first().waitFor();
    const english = [];
    for (const screen of SCREENS.filter((one) => one.for === "a family")) {
      await go(page, here.site.url, screen);
      await until("Spanish", async () => (await spoken(page))[1] === "es");
      const text = (await said(page)).replaceAll("English", "").replaceAll("Thicker paper worked better.", "").replaceAll("She wanted to show Grandma at once.", "");
      const found = text.match(new RegExp(`.{0,30}${ENGLISH.source}.{0,30}`, "i"));
      if (found) english.push(`${screen.name}: ${found[0]}`);
    }
    assert.deepEqual(english, []);
    await page.goto(`${here.site.url}#/settings`);
    await page.getByRole("radio", { name: "English", exact: true }).check();
    await title(page, "Settings").waitFor();
    assert.deepEqual(await spoken(page), ["en", "en", "ltr"]);
  });

  test("an element on somebody's page speaks the language of its attribute, and two speak two", async () => {
    const { page } = await here.visit({ locale: "en-US", serviceWorkers: "block" });
    await page.evaluate(() => {
      document.body.replaceChildren();
      for (const lang of ["es", "en"]) {
        const one = document.createElement("just-right-picker");
        one.lang = lang;
        document.body.append(one);
      }
    });
    const first = (index) => page.evaluate((index) => {
      const app = document.querySelectorAll("just-right-picker")[index].shadowRoot?.querySelector("h1");
      return app?.textContent ?? "";
    }, index);
    await until("English", async () => (await first(1)).includes("Three things"));
    await until("Spanish", async () => (await first(0)).length > 0 && !(await first(0)).includes("Three things"));
  });
});
