// The road of a family, by role and name: what people with screen readers and voice control use, and nothing else.
import assert from "node:assert/strict";
import { until } from "./stage.mjs";

export const LEVELS = ["Not this time", "With a lot of help", "With a little help", "By themselves", "Easily"];

/** What the app says that it learned from a report, in one sentence. */
export const LEARNED = /can do more in|is getting stronger in|what we expected|go a little easier on|still growing in/;

export const button = (page, name) => page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name });
export const title = (page, name) => page.getByRole("heading", { level: 1, name });
export const meter = (page) => page.getByRole("meter", { name: "How hard", exact: true });
/** Goes to a screen by the navigation; what has no place of its own there is found under “More”. */
export async function navigate(page, name) {
  const more = name === "Settings" || name === "Who can help";
  await page.getByRole("navigation").getByRole("link", { name: more ? "More" : name, exact: true }).click();
  if (name === "Who can help") await page.getByRole("main").getByRole("link", { name, exact: true }).click();
}

/** From the first screen to the one question that is needed. */
export async function find(page) {
  await page.getByRole("button", { name: /^Find an activity/ }).click();
  await page.getByRole("textbox", { name: "Years", exact: true }).waitFor();
}

/** Fills in who the child is; what is left out stays empty. */
export async function describeChild(page, { years = "", months = "", nickname = "" }) {
  await page.getByRole("textbox", { name: "Years", exact: true }).fill(years);
  await page.getByRole("textbox", { name: "Months", exact: true }).fill(months);
  await page.getByRole("textbox", { name: "Nickname", exact: true }).fill(nickname);
}

export const MIA = { years: "4", months: "2", nickname: "Mia" };

/** From the first screen to the picks; gives their titles. */
export async function begin(page, child = MIA) {
  await find(page);
  await describeChild(page, child);
  await page.getByRole("button", { name: /^Show/ }).click();
  return picks(page);
}

/** The titles of the picks on the screen, once there are some. */
export async function picks(page) {
  await page.getByRole("article").first().waitFor();
  const titles = await page.getByRole("article").getByRole("heading").allTextContents();
  return titles.map((title) => title.trim());
}

/** Opens a pick by its link, which is named as the heading is. */
export async function open(page, name) {
  await page.getByRole("article").getByRole("link", { name, exact: true }).click();
  await title(page, name).waitFor();
  await button(page, "Start").waitFor();
}

/** The expected success in percent, as the meter says it. */
export const percent = async (page) => Number(await meter(page).getAttribute("aria-valuenow"));

/** Presses a button and waits until the meter has moved; gives where it stands then. */
export async function moves(page, name) {
  const before = await percent(page);
  await button(page, name).click();
  await until(`${name} moves the meter`, async () => (await percent(page)) !== before);
  return percent(page);
}

/** From an activity's page through all its steps; gives the steps. */
export async function doIt(page) {
  await button(page, "Start").click();
  await button(page, "Done").waitFor();
  const steps = [await step(page)];
  while (await button(page, "Next").count()) {
    await button(page, "Next").click();
    await until("the next step", async () => (await step(page)) !== steps.at(-1));
    steps.push(await step(page));
    assert.ok(steps.length < 40, "the steps come to an end");
  }
  await button(page, "Done").click();
  await how(page).waitFor();
  return steps;
}

export const step = (page) => page.getByRole("heading", { level: 1 }).textContent();
export const how = (page) => page.getByRole("group", { name: "How did it go?", exact: true });

/** Says how it went; gives the sentence about what was learned. */
export async function report(page, level) {
  await how(page).getByRole("button", { name: level, exact: true }).click();
  const said = page.getByRole("status").filter({ hasText: LEARNED });
  await said.waitFor();
  return (await said.getByRole("paragraph").first().textContent()).trim();
}

/** The whole road from the picks on, with the activity of this title. */
export async function whole(page, name, level) {
  await open(page, name);
  await doIt(page);
  return report(page, level);
}

/** Chooses a file in the settings. */
export async function importFile(page, file) {
  const chooser = page.waitForEvent("filechooser");
  await button(page, "Import").click();
  await (await chooser).setFiles(file);
}

/** Presses a button that saves a file; gives its name and text. */
export async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}
