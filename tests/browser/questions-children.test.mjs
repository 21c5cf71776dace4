// Getting to know a child by questions, several children, what safety has to know, and who can help.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage, until } from "./support/stage.mjs";
import { begin, button, describeChild, meter, navigate, picks, title, whole } from "./support/road.mjs";
import { put, reportsOf, slots, stored } from "./support/store.mjs";

const here = stage();
const ANSWERS = ["By themselves, most times", "By themselves, after a reminder or seeing it", "With my hands helping a bit", "I do most of it", "Not yet, even with help", "No chance to try"];

const question = (page) => page.getByRole("heading", { level: 1 });

async function toQuestions(page, child) {
  await begin(page, child);
  await page.getByRole("link", { name: /^Answer a few/ }).click();
  await button(page, ANSWERS[0]).waitFor();
}

/** Answers, and waits for what comes next. */
async function answer(page, name) {
  const before = await question(page).innerText();
  await button(page, name).click();
  return until("the next question", async () => {
    const now = await question(page).innerText();
    return now !== before ? now : "";
  });
}

describe("Getting to know a child", () => {
  test("one question at a time, with five anchored answers and “No chance to try”, an honest count, and why it is asked", async () => {
    const { page } = await here.visit();
    await toQuestions(page);
    assert.deepEqual(await page.getByRole("group").getByRole("button").allTextContents(), ANSWERS);
    assert.match(await question(page).innerText(), /\w+ \w+/);
    await page.getByText("Question 1 of at most 16").waitFor();
    await page.getByText("How does Mia do this?").waitFor();
    await page.getByText("Why we ask").click();
    const why = await page.locator("details[open] p").innerText();
    assert.ok(why.length > 20, why);
    await answer(page, ANSWERS[0]);
    await page.getByText("Question 2 of at most 16").waitFor();
    assert.equal(await page.getByRole("progressbar", { name: "Questions answered" }).count(), 1);
  });

  for (const name of [ANSWERS[0], ANSWERS[4], ANSWERS[5]]) {
    test(`it ends after at most 16 questions, whatever is answered: “${name}”`, async () => {
      const { page } = await here.visit();
      await toQuestions(page);
      const seen = new Set();
      while (await button(page, name).count()) {
        const asked = await question(page).innerText();
        assert.ok(!seen.has(asked), `“${asked}” is asked once`);
        seen.add(asked);
        assert.ok(seen.size <= 16, "at most 16");
        await answer(page, name);
      }
      assert.ok(seen.size >= 5, `${seen.size} questions are enough to learn something`);
      await title(page, "Thank you, that is plenty").waitFor();
      await page.getByRole("link", { name: "See the picks" }).click();
      await picks(page);
      await stored(page, "the answers", (family) => family.children[0].history.filter((one) => one.answered).length === seen.size);
    });
  }

  test("what is asked next depends on what was answered, and the picks depend on it, too", async () => {
    const asked = {};
    const chances = {};
    for (const name of [ANSWERS[0], ANSWERS[4]]) {
      const { page } = await here.visit();
      await toQuestions(page);
      asked[name] = [];
      for (let count = 0; count < 8; count += 1) asked[name].push(await answer(page, name));
      await page.getByRole("link", { name: "Stop here and see the picks" }).click();
      const titles = await picks(page);
      const percents = await Promise.all((await meter(page).all()).map((one) => one.getAttribute("aria-valuenow")));
      const texts = await Promise.all((await page.getByRole("article").all()).map((one) => one.innerText()));
      chances[name] = JSON.stringify([titles, percents, texts]);
    }
    const [much, little] = [asked[ANSWERS[0]], asked[ANSWERS[4]]];
    assert.notDeepEqual(much, little, "the questions adapt");
    assert.notEqual(chances[ANSWERS[0]], chances[ANSWERS[4]], "the picks adapt");
  });

  test("“No chance to try” tells nothing: it does not change the picks", async () => {
    const { page } = await here.visit();
    const before = await begin(page);
    const cards = async () => Promise.all((await meter(page).all()).map((one) => one.getAttribute("aria-valuenow")));
    const chances = await cards();
    await page.getByRole("link", { name: /^Answer a few/ }).click();
    await button(page, ANSWERS[0]).waitFor();
    for (let count = 0; count < 3; count += 1) await answer(page, "No chance to try");
    await page.getByRole("link", { name: "Stop here and see the picks" }).click();
    assert.deepEqual(await picks(page), before);
    assert.deepEqual(await cards(), chances);
  });

  test("back shows the question before, and answering it anew counts once", async () => {
    const { page } = await here.visit();
    await toQuestions(page);
    assert.equal(await button(page, "Question before").count(), 0, "there is nothing before the first");
    const first = await question(page).innerText();
    await answer(page, ANSWERS[0]);
    await button(page, "Question before").click();
    await until("the first question", async () => (await question(page).innerText()) === first);
    await page.getByText("Question 1 of at most 16").waitFor();
    await answer(page, ANSWERS[3]);
    const { family } = await stored(page, "one answer", (found) => found.children[0].history.length === 1);
    assert.equal(family.children[0].history[0].answered.answer, "i-do-most");
  });

  test("it can be stopped at any time and taken up again after a reload, where it was", async () => {
    const { page } = await here.visit();
    await toQuestions(page);
    const second = await answer(page, ANSWERS[1]);
    await stored(page, "the answer", (family) => family.children[0].history.length === 1);
    await page.reload();
    await until("the same question", async () => (await question(page).innerText()) === second);
    await page.getByRole("link", { name: "Stop here and see the picks" }).click();
    await picks(page);
    await page.getByRole("link", { name: "Answer more questions" }).click();
    await page.getByText("Question 2 of at most 16").waitFor();
  });

  test("nobody is asked about another child's answers", async () => {
    const { page } = await here.visit();
    await toQuestions(page);
    await answer(page, ANSWERS[0]);
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child" }).click();
    await describeChild(page, { years: "7", nickname: "Leo" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await title(page, "Three for Leo").waitFor();
    await page.getByRole("link", { name: /^Answer a few/ }).click();
    await page.getByText("Question 1 of at most 16").waitFor();
    assert.equal(await button(page, "Question before").count(), 0);
  });
});

describe("Several children", () => {
  async function two() {
    const { page, context } = await here.visit();
    const forMia = await begin(page);
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child" }).click();
    await title(page, "Another child").waitFor();
    await describeChild(page, { years: "9", months: "6", nickname: "Leo" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await title(page, "Three for Leo").waitFor();
    const forLeo = await picks(page);
    return { page, context, forMia, forLeo };
  }
  const to = async (page, name) => {
    await navigate(page, "Children");
    await button(page, `Picks for ${name}`).click();
    await title(page, `Three for ${name}`).waitFor();
    return picks(page);
  };

  test("each has picks of their own, and one's report does not move the other's", async () => {
    const { page, forMia, forLeo } = await two();
    assert.notDeepEqual(forMia, forLeo, "4 and 9 years are not the same");
    await whole(page, forLeo[0], "Not this time");
    assert.notDeepEqual(await picks(page), forLeo);
    assert.deepEqual(await to(page, "Mia"), forMia);
    await stored(page, "all", (family) => family.children.length === 2 && reportsOf(family).length === 1);
    await page.reload();
    await title(page, "Three for Mia").waitFor();
  });

  test("a name and an age can be corrected, and the picks follow", async () => {
    const { page, forMia } = await two();
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Change Mia" }).click();
    await title(page, "About Mia").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Years", exact: true }).inputValue(), "4");
    assert.equal(await page.getByRole("textbox", { name: "Months", exact: true }).inputValue(), "2");
    await describeChild(page, { years: "11", nickname: "Maria" });
    await button(page, "Save").click();
    await title(page, "Children").waitFor();
    assert.notDeepEqual(await to(page, "Maria"), forMia);
  });

  test("removing one asks first; “No” keeps, “Yes” removes this one with all that was told of them, and nobody else", async () => {
    const { page, forMia } = await two();
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Change Leo" }).click();
    await button(page, "Remove Leo").click();
    await page.getByRole("group", { name: /Remove Leo/ }).waitFor();
    await button(page, "No, keep everything").click();
    await button(page, "Remove Leo").click();
    const kept = await slots(page);
    assert.ok(Object.values(kept).some((text) => text.includes("Leo")), "nothing is removed by asking");
    await button(page, "Yes, remove").click();
    await title(page, "Children").waitFor();
    assert.equal(await page.getByRole("heading", { name: "Leo" }).count(), 0);
    await stored(page, "Mia alone", (family) => family.children.length === 1 && family.children[0].nickname === "Mia");
    await navigate(page, "Today");
    await title(page, "Three for Mia").waitFor();
    assert.deepEqual(await picks(page), forMia);
  });

  test("removing the last one leads to the beginning", async () => {
    const { page } = await here.visit();
    await begin(page);
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Change Mia" }).click();
    await button(page, "Remove Mia").click();
    await button(page, "Yes, remove").click();
    await page.getByText("Nobody here yet").waitFor();
    await navigate(page, "Today");
    await button(page, /^Find an activity/).waitFor();
  });

  test("two children without a nickname can be told apart", async () => {
    const { page } = await here.visit();
    await begin(page, { years: "2" });
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child" }).click();
    await describeChild(page, { years: "8" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await picks(page);
    await navigate(page, "Children");
    await title(page, "Children").waitFor();
    const buttons = await page.getByRole("button", { name: /^Picks for/ }).allTextContents();
    assert.equal(buttons.length, 2);
    assert.notEqual(buttons[0], buttons[1], "by name, for those who listen or speak");
  });
});

describe("What safety has to know", () => {
  /** The titles of all activities that are offered at all. */
  async function offered(page) {
    let titles = await picks(page);
    const more = button(page, "Show three more");
    while (await more.count()) {
      const before = titles.length;
      await more.click();
      const grown = await until("more", async () => (await page.getByRole("article").count()) > before, 1_500).catch(() => false);
      if (!grown) break;
      titles = await picks(page);
    }
    return titles;
  }

  test("an allergy removes what uses it, at once and for good, and its address says why", async () => {
    const { page } = await here.visit();
    await begin(page);
    const before = await offered(page);
    const dough = before.find((name) => /dough/i.test(name));
    assert.ok(dough, `dough is among what is offered at four: ${before.join(", ")}`);
    const address = await page.getByRole("article").getByRole("link", { name: dough, exact: true }).getAttribute("href");
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Change Mia" }).click();
    await page.getByRole("group", { name: /^Allergies/ }).getByRole("checkbox", { name: "Wheat" }).check();
    await button(page, "Save").click();
    await title(page, "Children").waitFor();
    await navigate(page, "Today");
    const after = await offered(page);
    assert.ok(!after.includes(dough));
    assert.ok(after.length >= 10, "there is still much to do");
    await stored(page, "the allergy", (family) => family.children[0].allergens.includes("wheat"));
    await page.goto(here.site.url + address);
    await page.reload();
    await page.getByText("allergic").waitFor();
    assert.equal(await button(page, "Start").count(), 0);
    await page.goto(`${here.site.url}${address.replace("/activity/", "/do/")}/0`);
    await page.reload();
    await page.getByText("allergic").waitFor();
    assert.equal(await button(page, "Next").count(), 0, "nor can it be done by its address");
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Change Mia" }).click();
    const box = page.getByRole("checkbox", { name: "Wheat" });
    assert.ok(await box.isChecked(), "it is remembered");
    await box.uncheck();
    await button(page, "Save").click();
    await title(page, "Children").waitFor();
    await navigate(page, "Today");
    assert.ok((await offered(page)).includes(dough), "and comes back when it is taken back");
  });

  test("small parts are not offered to a child who puts things in the mouth", async () => {
    const { page } = await here.visit();
    await begin(page, { years: "3", months: "6", nickname: "Mia" });
    const mouthing = async (name) => {
      await navigate(page, "Children");
      await page.getByRole("link", { name: "Change Mia" }).click();
      await page.getByRole("group", { name: /in the mouth/ }).getByRole("radio", { name, exact: true }).check();
      await button(page, "Save").click();
      await title(page, "Children").waitFor();
      await navigate(page, "Today");
      const titles = await offered(page);
      return [titles, await page.getByRole("article").allInnerTexts()];
    };
    const no = await mouthing("No");
    const yes = await mouthing("Yes");
    assert.notDeepEqual(yes, no, "it makes a difference");
    assert.ok(yes[0].length <= no[0].length);
  });

  test("what was said for a new child counts from the first pick on", async () => {
    const { page } = await here.visit();
    await begin(page);
    await navigate(page, "Children");
    await page.getByRole("link", { name: "Add a child" }).click();
    await describeChild(page, { years: "4", months: "2", nickname: "Leo" });
    await page.getByRole("checkbox", { name: "Wheat" }).check();
    await page.getByRole("button", { name: /^Show/ }).click();
    await title(page, "Three for Leo").waitFor();
    assert.ok(!(await offered(page)).some((name) => /dough/i.test(name)));
    const { family } = await stored(page, "both", (found) => found.children.length === 2 && found.children[1].allergens.length === 1);
    assert.deepEqual(family.children[1].allergens, ["wheat"]);
    assert.deepEqual(family.children[0].allergens, []);
  });
});

describe("Who can help", () => {
  test("says what an OT does, what a physio does, when both, and calm red flags; a new visitor can read it, too", async () => {
    const { page } = await here.visit();
    await navigate(page, "Who can help");
    await title(page, "Who can help").waitFor();
    const part = (name) => page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name }) });
    for (const [name, words] of [[/occupational therapist/, /taking part|take part/], [/physiotherapist/, /moves|move/], [/both/i, /both/], [/ask someone soon/i, /worried/]]) {
      assert.match(await part(name).innerText(), words);
    }
    const flags = part(/ask someone soon/i);
    assert.ok((await flags.getByRole("listitem").count()) >= 5);
    assert.match(await flags.innerText(), /emergency/, "what cannot wait is told");
    assert.doesNotMatch(await page.getByRole("main").innerText(), /\b(abnormal|delayed|behind|deficit)\b/i, "calm words");
  });

  test("How it decides can be read from the first screen", async () => {
    const { page } = await here.visit();
    await page.getByRole("link", { name: "How it decides" }).click();
    await until("the page", async () => (await page.getByRole("main").innerText()).length > 400);
    await page.goBack();
    await button(page, /^Find an activity/).waitFor();
  });
});

describe("The look", () => {
  test("a theme can be chosen, and stays", async () => {
    const { page } = await here.visit();
    const ground = () => page.evaluate(() => getComputedStyle(document.querySelector("just-right-picker").shadowRoot.querySelector(".app")).backgroundColor);
    const light = await ground();
    await navigate(page, "Settings");
    await page.getByRole("radio", { name: "Dark", exact: true }).check();
    await until("the dark", async () => (await ground()) !== light);
    await until("the theme is stored", async () => Object.values(await slots(page)).join().includes("dark"));
    const dark = await ground();
    await page.reload();
    await title(page, "Settings").waitFor();
    assert.equal(await ground(), dark);
    assert.ok(await page.getByRole("radio", { name: "Dark", exact: true }).isChecked());
    await put(page, {});
  });
});
