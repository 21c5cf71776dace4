// Somebody on the page who is not new: the made family, brought in the way families do it.
import { familyFile } from "./family.mjs";
import { button, importFile, navigate } from "./road.mjs";
import { stored } from "./store.mjs";

/** Imports the made family on a page that stands open in English; `otherwise` is what is different about it. */
export async function bringFamily(page, otherwise = {}) {
  await navigate(page, "Settings");
  await importFile(page, { name: "family.json", mimeType: "application/json", buffer: Buffer.from(familyFile(otherwise)) });
  await button(page, "Yes, replace").click();
  await stored(page, "the family", (family) => family.children.length === 2);
  // Nothing of the way here is left on the screen.
  await page.reload();
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

/** Goes to a screen by its address and waits until it stands there whole: heading, words and drawings. */
export async function go(page, url, { at }) {
  await page.goto(`${url}${at}`);
  await page.evaluate(async () => {
    const root = document.querySelector("just-right-picker").shadowRoot;
    const whole = () => root.querySelector("main h1") && !root.querySelector("main").textContent.includes("One moment") && !root.querySelector("div.picture");
    for (let left = 200; !whole() && left > 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 50));
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
