// The whole road by keyboard alone, as somebody goes it who sees no pointer: where the focus is, and what is announced.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stage, until, WIDE } from "./support/stage.mjs";
import { button, how, LEARNED, percent, picks, title } from "./support/road.mjs";
import { reportsOf, stored } from "./support/store.mjs";

const here = stage();

/** What has the focus, as deep as it goes: its role, name, and whether it is shown that it has it. */
const focused = (page) => page.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body || element.shadowRoot) return { tag: "nothing", name: "" };
  const name = element.labels?.length ? [...element.labels].map((label) => label.innerText).join(" ") : element.innerText;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName.toLowerCase(),
    name: (name || element.getAttribute("aria-label") || "").trim(),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    // What stands over it at its middle: nothing else may cover what has the focus.
    visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  };
});

/** Goes on with the Tab key until this has the focus. */
async function tabTo(page, name, tag = /^(a|button|input)$/) {
  const passed = [];
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (tag.test(now.tag) && (typeof name === "string" ? now.name === name : name.test(now.name))) {
      assert.ok(now.outlined, `it is shown that “${now.name}” has the focus`);
      assert.ok(now.visible, `“${now.name}” is on the screen when it has the focus`);
      return now;
    }
    passed.push(now.name || now.tag);
  }
  return assert.fail(`${name} cannot be reached with Tab; passed: ${passed.join(" | ")}`);
}

/** After a change of screen the focus is on its heading. */
const onHeading = (page, name) => until(`the focus is on the heading ${name}`, async () => {
  const now = await focused(page);
  return now.tag === "h1" && (typeof name === "string" ? now.name === name : name.test(now.name)) ? now : undefined;
});

test("a family goes the whole road by keyboard alone", async () => {
  const { page } = await here.visit({ viewport: WIDE });
  await tabTo(page, /^Find an activity/);
  await page.keyboard.press("Enter");
  await onHeading(page, "How old is your child?");

  await tabTo(page, "Years");
  await page.keyboard.type("4");
  await tabTo(page, "Months");
  await page.keyboard.type("2");
  await tabTo(page, "Nickname");
  await page.keyboard.type("Mia");
  await page.keyboard.press("Enter");
  await onHeading(page, "Three for Mia");

  const [, name] = await picks(page);
  await tabTo(page, name, /^a$/);
  await page.keyboard.press("Enter");
  await onHeading(page, name);

  const before = await percent(page);
  await tabTo(page, "Easier");
  await page.keyboard.press("Enter");
  await until("the meter moves", async () => (await percent(page)) > before);
  assert.equal((await focused(page)).name, "Easier", "the focus stays on the button, to be pressed again");
  await tabTo(page, "Harder");
  const easier = await percent(page);
  await page.keyboard.press("Space");
  await until("the meter moves back", async () => (await percent(page)) < easier);
  assert.equal((await focused(page)).name, "Harder");

  await page.keyboard.press("Shift+Tab");
  assert.equal((await focused(page)).name, "Start", "Start stands between the two");
  await page.keyboard.press("Enter");
  for (let steps = 0; steps < 40; steps += 1) {
    const now = (await title(page).textContent()).trim();
    await onHeading(page, now);
    if (!(await button(page, "Next").count())) break;
    await tabTo(page, "Next");
    await page.keyboard.press("Enter");
    await until("another step has the focus", async () => {
      const found = await focused(page);
      return found.tag === "h1" && found.name !== now;
    });
  }
  await tabTo(page, "Done");
  await page.keyboard.press("Enter");
  await onHeading(page, "How did it go?");

  await tabTo(page, "With a little help");
  await page.keyboard.press("Enter");
  const said = await until("the focus is on what was learned", async () => {
    const now = await focused(page);
    return LEARNED.test(now.name) ? now : undefined;
  });
  assert.ok(said);
  await stored(page, "the report", (family) => reportsOf(family).length === 1);
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).name, "Undo", "and Undo comes next");
});

/** By keyboard from the first screen to the page of the first pick. */
async function toFirstActivity(page) {
  await tabTo(page, /^Find an activity/);
  await page.keyboard.press("Enter");
  await onHeading(page, "How old is your child?");
  await tabTo(page, "Years");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  const [name] = await picks(page);
  await tabTo(page, name, /^a$/);
  await page.keyboard.press("Enter");
  await button(page, "Start").waitFor();
}

test("going easier is announced: the live region is there before, and says what it is now", async () => {
  const { page } = await here.visit();
  await toFirstActivity(page);
  const live = page.getByRole("status");
  const before = await live.innerText();
  const node = await live.elementHandle();
  await tabTo(page, "Easier");
  await page.keyboard.press("Enter");
  await until("the live region says something else", async () => (await live.innerText()) !== before);
  assert.match(await live.innerText(), /About \d times in 10 it should go well\./);
  assert.ok(await node.evaluate((element) => element.isConnected), "it is the same region: a new one would not be announced");
});

test("a wrong age is announced, and the focus goes where the mend is", async () => {
  const { page } = await here.visit();
  await tabTo(page, /^Find an activity/);
  await page.keyboard.press("Enter");
  await onHeading(page, "How old is your child?");
  await tabTo(page, /^Show/);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").filter({ hasText: "Please say how old your child is" }).waitFor();
  assert.equal((await focused(page)).name, "Years", "the focus goes where the mend is");
});

test("a question is answered by keyboard, and the focus is on the next one", async () => {
  const { page } = await here.visit();
  await tabTo(page, /^Find an activity/);
  await page.keyboard.press("Enter");
  await onHeading(page, "How old is your child?");
  await tabTo(page, "Years");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await tabTo(page, "Answer a few questions");
  await page.keyboard.press("Enter");
  const first = await until("the focus is on a question", async () => {
    const now = await focused(page);
    return now.tag === "h1" && now.name ? now.name : undefined;
  });
  await tabTo(page, "By themselves, most times");
  await page.keyboard.press("Enter");
  await until("the focus is on the next question", async () => {
    const now = await focused(page);
    return now.tag === "h1" && now.name && now.name !== first;
  });
});

test("asking before something is taken away holds the focus, and afterwards it is not lost", async () => {
  const { page } = await here.visit();
  await tabTo(page, /^Find an activity/);
  await page.keyboard.press("Enter");
  await onHeading(page, "How old is your child?");
  await tabTo(page, "Years");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await picks(page);
  await tabTo(page, "Settings");
  await page.keyboard.press("Enter");
  await onHeading(page, "Settings");
  await tabTo(page, "Erase everything");
  await page.keyboard.press("Enter");
  await until("the focus is in the question", async () => /Erase everything for good\?/.test((await focused(page)).name));
  await tabTo(page, "No, keep everything");
  await page.keyboard.press("Enter");
  await button(page, "Erase everything").waitFor();
  await until("the focus is somewhere in the screen", async () => (await focused(page)).tag !== "nothing", 3_000);
});

test("Undo does not lose the focus", async () => {
  const { page } = await here.visit();
  await toFirstActivity(page);
  await tabTo(page, "Start");
  await page.keyboard.press("Enter");
  await button(page, "Done").waitFor();
  await tabTo(page, "Done");
  await page.keyboard.press("Enter");
  await how(page).waitFor();
  await tabTo(page, "Easily");
  await page.keyboard.press("Enter");
  await tabTo(page, "Undo");
  await page.keyboard.press("Enter");
  await until("the focus is on what happened", async () => /Taken back/.test((await focused(page)).name), 5_000);
});
