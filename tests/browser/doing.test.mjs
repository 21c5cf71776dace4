// Doing it: first and then, the timer, the voice, the screen that stays awake, easier and harder without leaving; with what a browser has and
// without it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, stage, until } from "./support/stage.mjs";
import { begin, button, how, importFile, navigate, open, picks, saved, step, title } from "./support/road.mjs";

const here = stage();

/** A device whose voice, screen lock and sound are watched: what they were asked stands in `globalThis.asked`. */
const watched = () => {
  const asked = { spoken: [], stopped: 0, locks: 0, released: 0, notes: [] };
  globalThis.asked = asked;
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "de-DE", name: "Hans" }, { lang: "en-GB", name: "Ann" }],
    speak: (words) => asked.spoken.push({ text: words.text, lang: words.lang, voice: words.voice?.name }),
    cancel: () => { asked.stopped += 1; },
  } });
  Object.defineProperty(Navigator.prototype, "wakeLock", { value: { request: async (kind) => {
    if (kind !== "screen") throw new TypeError(kind);
    asked.locks += 1;
    return { release: async () => { asked.released += 1; } };
  } } });
  const node = (more) => ({ connect: () => {}, ...more });
  globalThis.AudioContext = class {
    currentTime = 0;
    destination = {};
    resume() { return Promise.resolve(); }
    close() { return Promise.resolve(); }
    createGain() { return node({ gain: { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} } }); }
    createOscillator() { return node({ frequency: { value: 0 }, stop: () => {}, start: (at) => asked.notes.push(at) }); }
  };
};

/** A device that has none of it. */
const bare = () => {
  delete globalThis.speechSynthesis;
  delete globalThis.SpeechSynthesisUtterance;
  delete globalThis.AudioContext;
  delete Navigator.prototype.wakeLock;
};

/** A device that has it and says no. */
const denying = () => {
  const no = () => { throw new DOMException("no", "NotAllowedError"); };
  Object.defineProperty(globalThis, "speechSynthesis", { value: { getVoices: () => [{ lang: "ja-JP" }], speak: no, cancel: no } });
  Object.defineProperty(Navigator.prototype, "wakeLock", { value: { request: async () => no() } });
  globalThis.AudioContext = class { constructor() { no(); } };
};

/** Somebody with this device, on the doing screen of the second pick. */
async function doing(device, options = {}) {
  const visitor = await here.visitor(options);
  await visitor.context.addInitScript(device);
  const page = await visitor.context.newPage();
  if (options.clock) await page.clock.install({ time: new Date("2026-11-24T10:00:00") });
  await page.goto(here.site.url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  const [, name] = await begin(page);
  await open(page, name);
  await button(page, "Start").click();
  await button(page, "Done").waitFor();
  return { ...visitor, page, name };
}

const asked = (page) => page.evaluate(() => globalThis.asked);
const next = async (page) => {
  const before = await step(page);
  await button(page, "Next").click();
  await until("the next step", async () => (await step(page)) !== before);
};
const timer = (page) => page.getByRole("timer", { name: "Timer" });
const digits = async (page) => (await timer(page).innerText()).trim();
async function setTimer(page, minutes) {
  await page.getByText("Timer", { exact: true }).click();
  await button(page, minutes).click();
  await timer(page).waitFor();
}

describe("First and then", () => {
  test("what comes next stands there in its own words, and after the last step that this is all", async () => {
    const { page } = await doing(watched);
    while (await button(page, "Next").count()) {
      const then = page.getByText(/^Then: /);
      const said = (await then.innerText()).replace(/^Then: /, "");
      await next(page);
      assert.equal(await step(page), said, "what was announced has come");
    }
    await page.getByText("Then you are done.").waitFor();
    await button(page, "Done").click();
    await how(page).waitFor();
  });

  test("on a phone the way on lies within reach: Next, Done, Easier and Harder are on the screen wherever one has scrolled", async () => {
    for (const viewport of [PHONE, { width: 320, height: 640 }]) {
      const { page } = await doing(watched, { viewport });
      for (const down of [0, 4_000]) {
        await page.mouse.wheel(0, down);
        for (const name of ["Next", "Done", "Easier", "Harder", "One step back"]) {
          const box = await button(page, name).boundingBox();
          assert.ok(box.y >= 0 && box.y + box.height <= viewport.height, `${name} at ${down}: ${box.y}`);
        }
      }
    }
  });

  test("the child sees the drawing of the activity, and it has words", async () => {
    const { page } = await doing(watched);
    const drawing = page.getByRole("main").getByRole("img").first();
    await drawing.waitFor();
    assert.ok((await drawing.getAttribute("aria-label")).length > 3);
  });

  test("the way back to the activity always works, at the grade that one has come to", async () => {
    const { page, name } = await doing(watched);
    await button(page, "Easier").click();
    await page.getByRole("status").filter({ hasText: "Easier now" }).waitFor();
    const grade = page.url().match(/do\/([^/]+\/[^/]+)/)[1];
    await page.getByRole("main").getByRole("link", { name, exact: true }).click();
    await title(page, name).waitFor();
    assert.ok(page.url().includes(grade), page.url());
  });
});

describe("Easier and harder without leaving", () => {
  test("the focus stays, it is said what changed, the picture of what is asked moves, and the step is kept where only the help changes", async () => {
    const { page } = await doing(watched);
    await next(page);
    const [before, was] = [page.url(), await step(page)];
    const [, rung, levers, at] = before.match(/do\/[^/]+\/(\d+)([^/]*)\/(\d+)$/);
    await button(page, "Easier").click();
    const said = page.getByRole("status").filter({ hasText: "Easier now: " });
    await said.waitFor();
    assert.match(await said.innerText(), /^Easier now: .+\. (Very easy|On the easy side|Just right|A stretch|Too hard for today)\.$/);
    const now = page.url().match(/do\/[^/]+\/(\d+)([^/]*)\/(\d+)$/);
    assert.notEqual(page.url(), before);
    if (now[1] === rung) {
      assert.notEqual(now[2], levers);
      assert.equal(now[3], at);
      assert.equal(await step(page), was);
      await page.getByText("How you help").waitFor();
    } else {
      assert.equal(now[3], "0", "another rung has things of its own to get ready");
    }
    const focus = await page.evaluate(() => document.querySelector("just-right-picker").shadowRoot.activeElement?.textContent.trim());
    assert.equal(focus, "Easier");
    await button(page, "Harder").click();
    await page.getByRole("status").filter({ hasText: "Harder now: " }).waitFor();
    if (await button(page, "Next").count()) await next(page);
    assert.equal(await page.getByRole("status").filter({ hasText: "now: " }).count(), 0, "with the next step it is no news any more");
  });

  test("as far as it goes the button says that it goes no further, and stays where it is", async () => {
    const { page } = await doing(watched);
    for (let pressed = 0; pressed < 40; pressed += 1) {
      if (await button(page, "Easier").getAttribute("aria-disabled")) break;
      const before = page.url();
      await button(page, "Easier").click();
      await until("another grade", () => page.url() !== before);
    }
    assert.equal(await button(page, "Easier").getAttribute("aria-disabled"), "true");
    const [before, text] = [page.url(), await step(page)];
    await button(page, "Easier").press("Enter");
    assert.deepEqual([page.url(), await step(page)], [before, text]);
  });
});

describe("The timer", () => {
  test("it starts, empties, pauses, goes on, survives the next step, ends in words, and can begin again", async () => {
    const { page } = await doing(watched, { clock: true });
    await setTimer(page, "2 minutes");
    assert.equal(await digits(page), "2:00");
    await page.clock.fastForward(30_000);
    assert.equal(await digits(page), "2:00", "it does not run before it is started");
    const disc = () => page.locator(".disc-left").getAttribute("stroke-dasharray").then((dashes) => parseInt(dashes, 10));
    assert.ok((await disc()) >= 1000, "full");
    await button(page, "Start the timer").click();
    await page.clock.runFor(30_500);
    await until("a quarter is gone", async () => (await digits(page)) === "1:30");
    assert.ok(Math.abs((await disc()) - 757) <= 12, `three quarters are left: ${await disc()}`);
    await next(page);
    assert.equal(await digits(page), "1:30", "the next step does not stop it");
    await page.clock.runFor(10_000);
    await until("it goes on", async () => (await digits(page)) === "1:20");
    await button(page, "Pause").click();
    await page.clock.runFor(60_000);
    assert.equal(await digits(page), "1:20", "paused");
    await button(page, "Go on").click();
    await page.clock.runFor(82_000);
    await page.getByRole("status").filter({ hasText: "Time is up." }).waitFor();
    assert.equal(await digits(page), "0:00");
    assert.equal(await disc(), 0);
    assert.equal(await button(page, "Pause").count(), 0);
    assert.deepEqual((await asked(page)).notes, [], "it is silent unless the family wants a sound");
    await button(page, "Again").click();
    await page.clock.runFor(60_500);
    await until("it runs again", async () => (await digits(page)) === "1:00");
    assert.equal(await page.getByText("Time is up.").count(), 0);
  });

  test("there are 1, 2, 3, 5, 10 minutes and the activity's own; pressed again, the length puts it away", async () => {
    const { page } = await doing(watched);
    await page.getByText("Timer", { exact: true }).click();
    const lengths = await page.getByRole("button", { name: /^\d+ minutes?$/ }).allTextContents();
    for (const one of ["1", "2", "3", "5", "10"]) assert.ok(lengths.map((text) => text.trim()).includes(one), lengths.join());
    await button(page, "1 minute").click();
    await timer(page).waitFor();
    await button(page, "1 minute").click();
    await timer(page).waitFor({ state: "detached" });
  });

  test("a device that slept has lost no time: the clock on the wall counts", async () => {
    const { page } = await doing(watched, { clock: true });
    await setTimer(page, "10 minutes");
    await button(page, "Start the timer").click();
    await page.clock.fastForward(5 * 60_000);
    await until("half is gone", async () => (await digits(page)) === "5:00");
  });

  test("reload is harmless: the step is there, the timer is set anew", async () => {
    const { page } = await doing(watched);
    await next(page);
    const now = await step(page);
    await setTimer(page, "1 minute");
    await button(page, "Start the timer").click();
    await until("the family is kept", () => page.evaluate(async () => (await indexedDB.databases()).length > 0));
    await page.reload();
    await button(page, "Done").waitFor();
    assert.equal(await step(page), now);
    assert.equal(await timer(page).count(), 0);
    await setTimer(page, "1 minute");
  });

  test("with less motion asked for the numbers still run and the disc jumps", async () => {
    const { page } = await doing(watched, { clock: true, reducedMotion: "reduce" });
    await setTimer(page, "1 minute");
    await button(page, "Start the timer").click();
    await page.clock.runFor(15_200);
    await until("the numbers run", async () => (await digits(page)) === "0:45");
    assert.equal(await page.locator(".disc-left").evaluate((disc) => getComputedStyle(disc).transitionDuration), "0s");
  });
});

describe("Reading aloud", () => {
  test("this step now; or each step by itself; in the page's language; and it stops when one leaves", async () => {
    const { page } = await doing(watched);
    const first = await step(page);
    await button(page, "Read aloud").click();
    await until("it was read", async () => (await asked(page)).spoken.length === 1);
    assert.deepEqual((await asked(page)).spoken[0], { text: first, lang: "en", voice: "Ann" });
    await next(page);
    assert.equal((await asked(page)).spoken.length, 1, "it was not asked to read each step");
    await button(page, "Read each step").click();
    await page.getByRole("button", { name: "Read each step", pressed: true }).waitFor();
    await until("it begins with this one", async () => (await asked(page)).spoken.length === 2);
    await button(page, "One step back").click();
    await until("and reads the other", async () => (await asked(page)).spoken.at(-1).text === first);
    await button(page, "Read aloud").click();
    await until("once more", async () => (await asked(page)).spoken.length === 4);
    const stopped = (await asked(page)).stopped;
    await button(page, "Read each step").click();
    await until("it stops when it is switched off", async () => (await asked(page)).stopped > stopped);
    const before = (await asked(page)).stopped;
    await button(page, "Done").click();
    await how(page).waitFor();
    await until("it stops when one leaves", async () => (await asked(page)).stopped > before);
  });

  for (const [what, device] of [["no voice at all", bare], ["no voice of our language, no lock, no sound", denying]]) {
    test(`on a device with ${what} there is no button, a sentence says so once, and all else works`, async () => {
      const { page } = await doing(device);
      await page.getByText("no voice for our language").waitFor();
      await page.getByText("cannot keep the screen awake").waitFor();
      assert.equal(await button(page, "Read aloud").count(), 0);
      await next(page);
      await until("it was said once", async () => (await page.getByText("no voice for our language").count()) === 0);
      await setTimer(page, "1 minute");
      await button(page, "Start the timer").click();
      await button(page, "Pause").click();
      await button(page, "Done").click();
      await how(page).waitFor();
      await page.getByRole("link", { name: "We did not do it" }).click();
      await button(page, "Start").click();
      await button(page, "Done").waitFor();
      assert.equal(await page.getByText("cannot keep the screen awake").count(), 0, "nor is it said the next time");
    });
  }

  test("voices that come late are found", async () => {
    const { page } = await doing(() => {
      let voices = [];
      setTimeout(() => { voices = [{ lang: "en_US" }]; }, 200);
      globalThis.SpeechSynthesisUtterance = class {};
      Object.defineProperty(globalThis, "speechSynthesis", { value: { getVoices: () => voices, speak: () => {}, cancel: () => {} } });
    });
    await button(page, "Read aloud").waitFor();
    assert.equal(await page.getByText("no voice").count(), 0);
  });
});

describe("The screen stays awake", () => {
  test("while one does it, again after the page was hidden, and no longer", async () => {
    const { page } = await doing(watched);
    await until("the lock", async () => (await asked(page)).locks === 1);
    await next(page);
    assert.equal((await asked(page)).locks, 1, "one lock is enough for all steps");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await until("asked again", async () => (await asked(page)).locks === 2);
    await button(page, "Done").click();
    await how(page).waitFor();
    await until("released", async () => (await asked(page)).released >= 1);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await navigate(page, "Today");
    assert.equal((await asked(page)).locks, 2, "elsewhere nobody asks");
  });
});

describe("The soft sound at the end", () => {
  test("two notes, where the family has switched sounds on", async () => {
    const { page } = await doing(watched, { clock: true });
    await navigate(page, "Settings");
    const { text } = await saved(page, () => button(page, "Export").click());
    const file = JSON.parse(text);
    file.family.sounds = true;
    await importFile(page, { name: "x.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
    await button(page, "Yes, replace").click();
    await page.getByRole("status").filter({ hasText: "Imported." }).waitFor();
    await navigate(page, "Today");
    const [name] = await picks(page);
    await open(page, name);
    await button(page, "Start").click();
    await setTimer(page, "1 minute");
    await button(page, "Start the timer").click();
    assert.deepEqual((await asked(page)).notes, []);
    await page.clock.runFor(61_000);
    await page.getByRole("status").filter({ hasText: "Time is up." }).waitFor();
    assert.equal((await asked(page)).notes.length, 2);
  });
});
