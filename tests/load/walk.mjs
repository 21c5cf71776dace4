// The road on which taps and shifts are counted: all that a family does on its first day, by taps and keys as people make them.
import { button, doIt, find, moves, navigate, open, picks, report, title } from "../browser/support/road.mjs";

/** From the first screen to the picks after a report, over every place of the navigation. */
export async function walk(page) {
  await find(page);
  for (const [name, letters] of [["Years", "4"], ["Months", "2"], ["Nickname", "Mia"]]) {
    await page.getByRole("textbox", { name, exact: true }).pressSequentially(letters);
  }
  await page.getByRole("button", { name: /^Show/ }).click();
  const [card] = await picks(page);
  await button(page, "Show three more").click();
  await open(page, card);
  await moves(page, "Easier");
  await moves(page, "Harder");
  await doIt(page);
  await report(page, "By themselves");
  await page.getByRole("link", { name: "Answer a few questions" }).click();
  for (const answer of ["No chance to try", "Not yet, even with help"]) await button(page, answer).click();
  for (const name of ["Plan", "Growing", "Children", "Settings"]) await navigate(page, name);
  await page.getByRole("radio", { name: "Dark" }).check();
  await navigate(page, "Who can help");
  await title(page, "Who can help").waitFor();
  await navigate(page, "Today");
  await picks(page);
}
