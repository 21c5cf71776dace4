// What a family says of today, and what it keeps and leaves out: the picks follow at once, say so, and nothing that was said is lost.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, stage, until } from "./support/stage.mjs";
import { begin, button, navigate, open, picks, title } from "./support/road.mjs";
import { stored } from "./support/store.mjs";

const here = stage();

const link = (page, name) => page.getByRole("main").getByRole("link", typeof name === "string" ? { name, exact: true } : { name });
const asked = (page, name) => page.getByRole("group", { name });
const status = (page) => page.getByRole("main").getByRole("status");
const tell = async (page, group, answer) => {
  await asked(page, group).getByRole("button", { name: answer, exact: true }).click();
  await asked(page, group).getByRole("button", { name: answer, exact: true, pressed: true }).waitFor();
};

/** How many activities fit, as the screen says it. */
async function fitting(page) {
  const said = await until("a number that fits", async () => {
    const said = await status(page).filter({ hasText: /fits? .*now/ }).first().textContent();
    return said.trim();
  });
  const [, number] = said.match(/^(\d+) activit/) ?? [said, "0"];
  return Number(number);
}

/** Waits until the number that fits is another one, and gives it. */
async function changed(page, before) {
  await until("the number changes", async () => (await fitting(page)) !== before);
  return fitting(page);
}

/** Minutes as the cards say them. */
async function minutes(page) {
  const cards = await page.getByRole("article").allTextContents();
  return cards.map((card) => Number(card.match(/(\d+) min/)[1]));
}

async function toCircumstances(page, from = /Anything goes/) {
  await link(page, from).click();
  await title(page, "What is today like?").waitFor();
}

describe("Today is as the family says", () => {
  test("ten minutes: the cards change, each fits, and it is said and remembered", async () => {
    const { page } = await here.visit();
    const before = await begin(page);
    await toCircumstances(page);
    const all = await fitting(page);
    await tell(page, /How much time/, "10 minutes");
    const short = await changed(page, all);
    assert.ok(short > 3 && short < all, `fewer fit into ten minutes: ${short} of ${all}`);
    await tell(page, /Where are you/, "Inside");
    await tell(page, /How much mess/, "No mess");
    await link(page, "See the picks").click();
    const after = await picks(page);
    assert.notDeepEqual(after, before, "the picks are others");
    assert.ok((await minutes(page)).every((one) => one <= 10), "each fits into ten minutes");
    await status(page).filter({ hasText: after[0] }).waitFor({ state: "attached" });
    await link(page, "10 minutes · inside · no mess").waitFor();
    assert.ok((await fitting(page)) <= short);

    await open(page, after[1]);
    await page.getByText(/^It fits into today: 10 minutes, inside,? and no mess\.$/).waitFor();
    await stored(page, "what today is like", (family) => family.circumstances.minutes === 10);
    await page.reload();
    await navigate(page, "Today");
    assert.deepEqual(await picks(page), after, "it is remembered");
  });

  test("more picks and another kind of day are announced", async () => {
    const { page } = await here.visit();
    const three = await begin(page);
    await button(page, "Show three more").click();
    const six = await until("six picks", async () => {
      const now = await picks(page);
      return now.length === 6 && now;
    });
    assert.deepEqual(six.slice(0, 3), three);
    await status(page).filter({ hasText: six[5] }).waitFor({ state: "attached" });
    await button(page, "A hard day").click();
    await until("other picks", async () => (await picks(page)).length === 3);
    await status(page).filter({ hasText: (await picks(page))[2] }).waitFor({ state: "attached" });
  });

  test("when too little fits, one tap relaxes, and brings as many as it says", async () => {
    const { page } = await here.visit({ viewport: { width: 320, height: 640 } });
    await begin(page);
    await toCircumstances(page);
    await tell(page, /How much time/, "5 minutes");
    await tell(page, /Where are you/, "On the way");
    await tell(page, /How is Mia today/, "Needs to move");
    const few = await fitting(page);
    assert.ok(few < 3, `few fit: ${few}`);
    await link(page, "See the picks").click();
    const ways = page.getByRole("listitem").getByRole("button", { name: /more fits?$/ });
    const said = await ways.first().textContent();
    const more = Number(said.match(/(\d+) more fit/)[1]);
    await ways.first().click();
    assert.equal(await changed(page, few), few + more, `“${said}” is true`);
    assert.equal((await picks(page)).length, Math.min(3, few + more));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `nothing is wider than the screen: ${wide}`);
  });

  test("what is not at hand is not asked for", async () => {
    const { page } = await here.visit();
    await begin(page);
    await toCircumstances(page);
    const all = await fitting(page);
    await tell(page, "Tap what you do not have at hand", "Paper");
    const without = await changed(page, all);
    assert.ok(without < all);
    await asked(page, "Tap what you do not have at hand").getByRole("button", { name: "Paper", exact: true }).click();
    assert.equal(await changed(page, without), all, "found again");
  });

  test("all of it works from the keyboard, and focus stays where it is", async () => {
    const { page } = await here.visit();
    await begin(page);
    await link(page, /Anything goes/).focus();
    await page.keyboard.press("Enter");
    await title(page, "What is today like?").waitFor();
    const ten = asked(page, /How much time/).getByRole("button", { name: "10 minutes", exact: true });
    await ten.focus();
    await page.keyboard.press("Space");
    await asked(page, /How much time/).getByRole("button", { name: "10 minutes", pressed: true }).waitFor();
    assert.ok(await ten.evaluate((one) => one.getRootNode().activeElement === one), "focus stays on the answer");
  });
});

describe("What is for us, and what is not", () => {
  test("not for us: gone, undone, gone again, and brought back", async () => {
    const { page } = await here.visit();
    const [first] = await begin(page);
    const decline = async () => {
      await open(page, first);
      await page.getByText("Not for us", { exact: true }).click();
      await button(page, "No interest").click();
      await page.getByRole("status").filter({ hasText: `“${first}” rests for three months.` }).waitFor();
    };
    await decline();
    assert.ok(!(await picks(page)).includes(first), "it is gone");
    await button(page, "Undo").click();
    await until("it is back", async () => (await picks(page)).includes(first));
    await decline();
    await stored(page, "what is left out", (family) => family.children[0].declined.length === 1);
    await page.reload();
    assert.ok(!(await picks(page)).includes(first), "it stays away");
    await toCircumstances(page);
    await button(page, `Bring back “${first}”`).click();
    await page.getByRole("status").filter({ hasText: `“${first}” is back.` }).waitFor();
    await navigate(page, "Today");
    assert.ok((await picks(page)).includes(first));
  });

  test("what is kept at hand is one tap away", async () => {
    const { page } = await here.visit();
    const [, second] = await begin(page);
    await open(page, second);
    await button(page, "Keep at hand").click();
    await page.getByRole("button", { name: "Keep at hand", pressed: true }).waitFor();
    await navigate(page, "Today");
    const kept = page.locator("section").filter({ has: page.getByRole("heading", { name: "Kept at hand" }) });
    await kept.getByRole("link", { name: second, exact: true }).click();
    await title(page, second).waitFor();
    await page.getByRole("button", { name: "Keep at hand", pressed: true }).click();
    await stored(page, "nothing kept", (family) => family.children[0].saved.length === 0);
  });

  test("a child chooses from pictures", async () => {
    const { page } = await here.visit({ viewport: PHONE });
    const three = await begin(page);
    await link(page, "Choose together").click();
    await title(page, "Which one, Mia?").waitFor();
    const pictures = page.getByRole("main").getByRole("listitem").getByRole("link");
    assert.deepEqual(await pictures.count(), 3);
    const target = await pictures.nth(1).boundingBox();
    assert.ok(target.width > 250 && target.height > 150, "large enough to point at");
    await pictures.filter({ hasText: three[1] }).click();
    await title(page, three[1]).waitFor();
  });
});

describe("How a child takes in the world", () => {
  test("an answer is kept at once and is heard where an activity stirs that sense", async () => {
    const { page } = await here.visit();
    await begin(page);
    await navigate(page, "Children");
    await link(page, "Change Mia").click();
    await page.getByText("Touch, sounds, light", { exact: true }).click();
    for (const channel of [/touch/, /sounds/, /moving/, /tastes/, /light/]) {
      await asked(page, channel).getByRole("radio").first().check();
    }
    await stored(page, "five answers", (family) => family.children[0].senses.length === 5);
    await navigate(page, "Today");
    const [first] = await picks(page);
    await open(page, first);
    const changed = page.locator("section").filter({ has: page.getByRole("heading", { name: "Changed for Mia" }) });
    assert.match(await changed.innerText(), /Touch|Sounds|Movement|Tastes and smells|Light and sights/);
  });
});
