// The element on somebody else's page: `tests/embed/pages/` from one origin, the release from another.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { begin, button, how, navigate, open as openPick, saved, whole } from "./support/road.mjs";
import { serve } from "./support/site.mjs";
import { DIST, DIST_TEST, stage, until } from "./support/stage.mjs";

const ANY_ORIGIN = { headers: { "access-control-allow-origin": "*" } };
const PAGES = fileURLToPath(new URL("../embed/pages", import.meta.url));
const GLUE = readdirSync(DIST).find((name) => /^just-right-.*\.js$/.test(name));
const EVENTS = ["just-right-ready", "just-right-pick", "just-right-report", "just-right-error"];

// The host pages; RELEASE in them stands for the origin of the release.
async function serveHost(release) {
  const change = Object.fromEntries(readdirSync(PAGES).map((name) => [name, (text) => text.replaceAll("RELEASE", release)]));
  const site = await serve(PAGES, { change });
  // By another name as well as on another port.
  return { stop: site.stop, at: (name) => `${site.origin.replace("127.0.0.1", "localhost")}/${name}.html` };
}

const here = stage(DIST, ANY_ORIGIN);
let host, release;
before(async () => {
  await here.ready;
  release = here.site.origin;
  host = await serveHost(release);
});
after(() => host?.stop());

// An empty page of a new visitor, who notes what it asks for and complains of. Errors and breaches of a policy fail the test, if it is calm.
async function newPage({ calm = true } = {}) {
  const { context, errors } = await here.visitor({ viewport: { width: 1000, height: 800 }, calm });
  const page = await context.newPage();
  const seen = { requests: [], said: [], errors };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error") seen.said.push(message.text());
  });
  return Object.assign(page, { seen });
}

async function visit(name) {
  const page = await newPage();
  await page.goto(host.at(name));
  return page;
}

const picker = (page, id = "") => page.locator(`just-right-picker${id}`);
const wayIn = (within) => within.getByRole("button", { name: /^Find an activity/ });
const fallback = (page) => picker(page).getByRole("link", { name: "Open the picker" });
const wasms = (page) => page.seen.requests.filter((url) => url.endsWith(".wasm"));
const heightOf = (element) => element.evaluate((element) => element.getBoundingClientRect().height);

// From the first screen over the picks and the first of them to a report.
async function road(within, level = "Easily") {
  await whole(within, (await begin(within))[0], level);
}

const cards = (within) => within.getByRole("article").allInnerTexts();

// Every box of the first pick, measured from its own corner.
const boxes = (within) => within.getByRole("article").first().evaluate((card) => {
  const from = card.getBoundingClientRect();
  return [card, ...card.querySelectorAll("*")].map((one) => {
    const box = one.getBoundingClientRect();
    return { name: one.localName, at: [box.x - from.x, box.y - from.y, box.width, box.height] };
  });
});

// Puts an element on a page of no script of ours.
const add = (page) => page.evaluate((origin) => {
  const script = Object.assign(document.createElement("script"), { type: "module", src: `${origin}/embed.js` });
  const element = document.createElement("just-right-picker");
  element.setAttribute("lang", "en");
  document.head.append(script);
  document.body.append(element);
}, release);

test("a clinic's page on another origin gives the whole road, to a report and changed picks", async () => {
  const page = await visit("plain");
  const element = picker(page);
  const titles = await begin(element);
  assert.equal(titles.length, 3);
  const before = await cards(element);
  await whole(element, titles[0], "Easily");
  assert.notDeepEqual(await cards(element), before);
  assert.equal(await fallback(page).isVisible(), false);
  await element.getByRole("article").first().getByRole("img").waitFor();
  const strange = page.seen.requests.filter((url) => !url.startsWith(`${release}/`) && url !== host.at("plain") && !url.startsWith("data:"));
  assert.deepEqual(strange, [], "all that it asks for stands in the folder of the release");
  assert.deepEqual(page.seen.said, []);
});

test("it leaves no trace on the page: no global, style, title, hash, history or focus, no change outside the element", async () => {
  const page = await visit("later");
  const look = () => page.evaluate(() => ({
    globals: Object.getOwnPropertyNames(window).sort(),
    prototypes: [Object, Array, Element, HTMLElement, Event, EventTarget].map((one) => Object.getOwnPropertyNames(one.prototype).join()),
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length, document.fonts.size],
    address: [document.title, location.href, history.length, JSON.stringify(history.state)],
    attributes: [...document.documentElement.attributes, ...document.body.attributes].map((one) => `${one.name}=${one.value}`),
    heading: [...getComputedStyle(document.querySelector("h1"))].map((name) => getComputedStyle(document.querySelector("h1")).getPropertyValue(name)),
  }));
  const before = await look();
  await add(page);
  await wayIn(picker(page)).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.activeElement.localName, scrollY]), ["body", 0], "focus and place stay where they were");
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  await road(picker(page));
  await navigate(picker(page), "Settings");
  await picker(page).getByRole("radio", { name: /dark/i }).check();
  assert.deepEqual(await look(), before);
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML), text);
});

test("without the attribute nothing is stored anywhere", async () => {
  const page = await visit("plain");
  await road(picker(page));
  const kept = await page.evaluate(async () => [
    await indexedDB.databases(), localStorage.length, sessionStorage.length, document.cookie, await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  assert.deepEqual(kept, [[], 0, 0, "", [], 0]);
  assert.deepEqual(await page.context().cookies(), []);
  await page.reload();
  await wayIn(picker(page)).waitFor();
});

test("with the attribute it is kept over a reload, in the one database and nowhere else", async () => {
  const page = await visit("storage");
  await road(picker(page));
  const before = await cards(picker(page));
  await page.reload();
  await picker(page).getByRole("article").nth(2).waitFor();
  assert.deepEqual(await cards(picker(page)), before);
  const kept = await page.evaluate(async () => [
    (await indexedDB.databases()).map((one) => one.name), localStorage.length, sessionStorage.length, document.cookie, await caches.keys(),
  ]);
  assert.deepEqual(kept, [["just-right"], 0, 0, "", []]);
});

test("it tells the page what happens by events that leave the shadow root and carry plain JSON", async () => {
  const page = await newPage();
  await page.addInitScript((names) => {
    const plain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value)
      || ([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)) && Object.values(value).every(plain));
    const same = (detail) => JSON.stringify(structuredClone(detail)) === JSON.stringify(detail);
    window.heard = [];
    for (const name of names) {
      document.addEventListener(name, (event) => window.heard.push({
        type: event.type,
        detail: event.detail,
        right: event instanceof CustomEvent && event.bubbles && event.composed && plain(event.detail) && same(event.detail)
          && event.target.localName === "just-right-picker",
      }));
    }
  }, EVENTS);
  await page.goto(host.at("plain"));
  await road(picker(page), "With a little help");
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual(heard.filter((event) => !event.right), []);
  const [ready, pick, report] = ["ready", "pick", "report"].map((name) => heard.find((event) => event.type === `just-right-${name}`).detail);
  assert.deepEqual(Object.keys(ready).sort(), ["activities", "version"]);
  assert.ok(ready.activities >= 24 && /^\d+\.\d+\.\d+/.test(ready.version));
  assert.deepEqual(Object.keys(pick).sort(), ["activity", "grade", "success"]);
  assert.ok(pick.success > 0 && pick.success < 1);
  assert.deepEqual(report, { activity: pick.activity, grade: pick.grade, level: "little-help" });
  const count = (name) => heard.filter((event) => event.type === name).length;
  assert.deepEqual(["just-right-ready", "just-right-report", "just-right-error"].map(count), [1, 1, 0]);
});

test("a page that takes the element away while it hears an event does no harm", async () => {
  const page = await visit("later");
  await add(page);
  await page.evaluate(() => document.addEventListener("just-right-pick", (event) => event.target.remove(), { once: true }));
  await begin(picker(page));
  await picker(page).getByRole("article").first().getByRole("link").click();
  await picker(page).waitFor({ state: "detached" });
  await page.evaluate(() => document.body.append(document.createElement("just-right-picker")));
  await road(picker(page));
});

test("a hostile page with its own policy changes nothing inside", async () => {
  const [plain, hostile] = [await visit("plain"), await visit("hostile")];
  for (const page of [plain, hostile]) await wayIn(picker(page)).waitFor();
  const outside = await hostile.evaluate(() => {
    const { fontSize, direction, color, textTransform } = getComputedStyle(document.querySelector("just-right-picker"));
    return [fontSize, direction, color, textTransform];
  });
  assert.deepEqual(outside, ["40px", "rtl", "rgb(255, 0, 0)", "uppercase"], "the page is as hostile as it means to be");
  for (const page of [plain, hostile]) await begin(picker(page));
  // What follows from the width is compared as boxes below; all else is the same to the letter.
  const styles = (page) => picker(page).evaluate((element) => [...element.shadowRoot.querySelectorAll(".app, .app *")].map((one) => {
    const style = getComputedStyle(one);
    const names = [...style].filter((name) => !/^(--|(block|inline)-size|width|height|(perspective|transform)-origin)/.test(name));
    return { name: one.localName, style: Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])) };
  }));
  const [ours, theirs] = [await styles(plain), await styles(hostile)];
  assert.equal(theirs.length, ours.length);
  theirs.forEach(({ name, style }, index) => assert.deepEqual(style, ours[index].style, `${name}, number ${index}`));
  const app = theirs[0].style;
  assert.deepEqual(
    ["font-size", "line-height", "text-transform", "letter-spacing", "direction", "color"].map((name) => app[name]),
    ["17px", "25.5px", "none", "normal", "ltr", "rgb(34, 49, 58)"],
  );
  const [here, there] = [await boxes(picker(plain)), await boxes(picker(hostile))];
  assert.equal(there.length, here.length);
  there.forEach(({ name, at }, index) => {
    const wanted = here[index].at;
    assert.ok(at.every((value, side) => Math.abs(value - wanted[side]) <= 2), `${name}, number ${index}: ${at} and not ${wanted}`);
  });
  await whole(picker(hostile), await picker(hostile).getByRole("article").first().getByRole("heading").innerText(), "Easily");
  assert.deepEqual(hostile.seen.said, [], "the policy has nothing to complain of");
});

test("the page places, sizes and hides the element as any other", async () => {
  const page = await visit("plain");
  await wayIn(picker(page)).waitFor();
  const seen = await picker(page).evaluate((element) => {
    const box = () => {
      const { x, width } = element.getBoundingClientRect();
      return [x, width];
    };
    const styled = (css) => {
      element.style.cssText = css;
      return box();
    };
    const sized = styled("max-width: 400px; margin-left: 30px; border: 2px solid");
    const none = styled("display: none");
    element.style.cssText = "";
    element.hidden = true;
    const hidden = box();
    element.hidden = false;
    document.body.style.visibility = "hidden";
    const { visibility } = getComputedStyle(element.shadowRoot.querySelector("h1"));
    return { sized, none, hidden, visibility };
  });
  assert.deepEqual(seen, { sized: [30, 400], none: [0, 0], hidden: [0, 0], visibility: "hidden" });
});

test("in a flex row, a centred grid cell and an inline block it takes the width that is there", async () => {
  const page = await visit("boxes");
  const widths = [];
  for (const index of [0, 1, 2]) {
    const element = picker(page).nth(index);
    await element.scrollIntoViewIfNeeded();
    await wayIn(element).waitFor();
    widths.push(await element.evaluate((element) => [element, element.shadowRoot.querySelector(".app")].map((one) => one.getBoundingClientRect().width)));
  }
  assert.deepEqual(widths, [[640, 640], [640, 640], [560, 560]]);
});

test("two elements on one page are two families", async () => {
  const page = await visit("two");
  const [first, second] = [picker(page, "#first"), picker(page, "#second")];
  const firsts = await begin(first, { years: "3", nickname: "Ann" });
  await second.scrollIntoViewIfNeeded();
  const titles = await begin(second, { years: "9", nickname: "Ben" });
  const before = await cards(second);
  await whole(first, firsts[0], "Easily");
  assert.deepEqual(await cards(second), before);
  await first.getByRole("link", { name: /Ann, 3/ }).waitFor();
  await second.getByRole("link", { name: /Ben, 9/ }).waitFor();
  assert.equal(wasms(page).length, 2, "one module, in its two halves, serves both");
  await first.evaluate((element) => element.remove());
  await whole(second, titles[0], "Easily");
});

test("removed and added again fifty times it still works, and leaves nothing behind", async () => {
  const page = await newPage();
  // What our scripts listen to on window and document; Playwright listens there too.
  await page.addInitScript((release) => {
    window.ours = new Map();
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      const open = [];
      window.ours.set(target, open);
      const capture = (options) => Boolean(options?.capture ?? options);
      const find = (kind, heard, options) => open.findIndex((one) => one[0] === kind && one[1] === heard && one[2] === capture(options));
      target.addEventListener = (kind, heard, options) => {
        const isOurs = new Error().stack.includes(release);
        if (isOurs && find(kind, heard, options) < 0) open.push([kind, heard, capture(options)]);
        addEventListener.call(target, kind, heard, options);
      };
      target.removeEventListener = (kind, heard, options) => {
        const at = find(kind, heard, options);
        if (at >= 0) open.splice(at, 1);
        removeEventListener.call(target, kind, heard, options);
      };
    }
  }, release);
  await page.goto(host.at("plain"));
  await wayIn(picker(page)).waitFor();
  // `soon`: it is removed while it still starts. Otherwise when all of it is there, the drawing too.
  const again = (times, soon) => picker(page).evaluate(async (element, { times, soon }) => {
    const task = () => new Promise((resolve) => setTimeout(resolve));
    const ready = () => new Promise((resolve) => element.addEventListener("just-right-ready", resolve, { once: true }));
    const drawn = () => new Promise((resolve) => {
      const look = () => element.shadowRoot.querySelector("svg.hello-picture") && resolve();
      new MutationObserver(look).observe(element.shadowRoot, { childList: true, subtree: true });
      look();
    });
    for (let time = 0; time < times; time += 1) {
      element.remove();
      await task();
      const started = ready();
      document.body.append(element);
      await started;
      await (soon ? task() : drawn());
    }
  }, { times, soon });
  const devtools = await page.context().newCDPSession(page);
  const measure = async () => {
    await wayIn(picker(page)).waitFor();
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    const { nodes } = await devtools.send("Memory.getDOMCounters");
    const wasm = await page.evaluate(async (glue) => (await (await import(glue)).default()).memory.buffer.byteLength, `${release}/${GLUE}`);
    const inside = await picker(page).evaluate((element) => element.shadowRoot.childElementCount);
    return { usedSize, nodes, wasm, inside, listeners: await listeners() };
  };
  const listeners = () => page.evaluate(() => [...window.ours.values()].map((open) => open.length));
  // The first rounds fill caches; what counts is that fifty more add next to nothing.
  await again(10, true);
  await again(10, false);
  const before = await measure();
  await again(50, false);
  const then = await measure();
  assert.deepEqual([then.listeners, then.inside], [before.listeners, before.inside]);
  assert.deepEqual(then.listeners, [2, 0], "a panic and a broken promise are heard on the window, and nothing else");
  // Measured: 3 KB of heap, 2 KB of module memory and 2 nodes a round, all of it what Yew keeps of the element that it was given.
  assert.ok(then.usedSize - before.usedSize <= 400_000, `the heap grew by ${then.usedSize - before.usedSize}`);
  assert.ok(then.wasm - before.wasm <= 512 * 1024, `the module's memory grew by ${then.wasm - before.wasm}`);
  assert.ok(then.nodes - before.nodes <= 50 * 4, `${then.nodes - before.nodes} more nodes`);
  // Before anybody clicks: for a click the driver of the browser listens on the window too, and goes on.
  await picker(page).evaluate((element) => {
    element.remove();
    return new Promise((resolve) => setTimeout(resolve));
  });
  assert.deepEqual(await listeners(), [0, 0], "once away it listens to nothing");
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("just-right-picker"), { id: "again" })));
  await road(picker(page));
});

test("moved within the page it keeps its state", async () => {
  const page = await visit("plain");
  const titles = await begin(picker(page));
  const before = await cards(picker(page));
  await picker(page).evaluate((element) => {
    const section = document.createElement("section");
    element.remove();
    document.body.append(section);
    section.append(element);
  });
  assert.deepEqual(await cards(picker(page)), before);
  await whole(picker(page), titles[0], "Easily");
});

test("the page's own link stands there until the app does, and its place is kept free", async () => {
  const page = await newPage();
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest("**/*.wasm");
  await page.goto(host.at("plain"));
  await asked;
  assert.ok(await fallback(page).isVisible());
  assert.ok(await heightOf(picker(page)) >= 400);
  go();
  await wayIn(picker(page)).waitFor();
  assert.equal(await fallback(page).isVisible(), false);
});

const refuse = (status) => (route) => route.fulfill({ status, headers: ANY_ORIGIN.headers });
const noteFailure = (page) => page.addInitScript(() => document.addEventListener("just-right-error", (event) => { window.failed = event.detail; }));
const failure = (page) => until("just-right-error", () => page.evaluate(() => window.failed));

for (const [what, name] of [["cannot be had", "plain"], ["is forbidden by the page's policy", "blocked"]]) {
  test(`where the module ${what} the link stays, an event tells and the console names the policy`, async () => {
    const page = await newPage({ calm: false });
    if (name === "plain") await page.route("**/*.wasm", refuse(404));
    await noteFailure(page);
    await page.goto(host.at(name));
    const failed = await failure(page);
    assert.deepEqual(Object.keys(failed), ["message"]);
    assert.ok(failed.message.length > 10);
    assert.ok(await fallback(page).isVisible());
    assert.ok(await heightOf(picker(page)) < 100, "no hole is left");
    const line = `script-src ${release} 'wasm-unsafe-eval'; connect-src ${release}`;
    assert.ok(page.seen.said.some((text) => text.includes(line)), page.seen.said.join("\n"));
    assert.deepEqual(page.seen.errors, [], "nothing is thrown at the page");
  });
}

test("a load that failed is tried again by the next element", async () => {
  const page = await newPage();
  await page.route("**/*.wasm", refuse(503));
  await noteFailure(page);
  await page.goto(host.at("plain"));
  await failure(page);
  await page.unroute("**/*.wasm");
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("just-right-picker"), { id: "next" })));
  await wayIn(picker(page, "#next")).waitFor();
});

test("the module is fetched only when the element comes near the window", async () => {
  const page = await visit("below");
  await until("the element is defined", () => page.evaluate(() => Boolean(customElements.get("just-right-picker"))));
  // Two frames: an observer has said by then what it sees.
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(seen)))));
  assert.deepEqual(page.seen.requests.filter((url) => url.startsWith(release)), [`${release}/embed.js`]);
  assert.equal(await fallback(page).count(), 1);
  await page.evaluate(() => scrollTo(0, 4000));
  await wayIn(picker(page)).waitFor();
  assert.equal(wasms(page).length, 1);
});

test("in a sandboxed frame it works, and says that nothing is kept where it was asked to keep", async () => {
  const page = await visit("sandbox");
  const element = page.frameLocator("iframe").locator("just-right-picker");
  await element.getByText("This browser lets us keep nothing here.").waitFor();
  const titles = await begin(element);
  const before = await cards(element);
  await whole(element, titles[0], "Easily");
  assert.notDeepEqual(await cards(element), before);
});

test("the script three times, of two copies, makes one element, and attributes set before it count", async () => {
  const page = await visit("twice");
  await begin(picker(page));
  const inside = await picker(page).evaluate((element) => [...element.shadowRoot.querySelectorAll(".app")].map((app) => app.lang));
  assert.deepEqual(inside, ["en"]);
  await page.reload();
  await picker(page).getByRole("article").nth(2).waitFor();
  assert.deepEqual(page.seen.said, []);
});

test("in a box of 280 px nothing has to be scrolled sideways, and nothing is cut off", async () => {
  const page = await visit("narrow");
  const element = picker(page);
  const look = async (where) => {
    const wide = await page.evaluate(() => {
      const app = document.querySelector("just-right-picker").shadowRoot.querySelector(".app");
      const all = [app, ...app.querySelectorAll("*")];
      const scrolls = (one) => one.scrollWidth > one.clientWidth && (one === app || /auto|scroll/.test(getComputedStyle(one).overflowX));
      const over = [document.querySelector(".box")].filter((box) => box.scrollWidth > box.clientWidth);
      // Drawings may be cropped, a long name may end in dots, and what only is listened to is a pixel wide.
      const mayBeCut = (one) => one.closest("svg:not(.track), .live, .chip");
      const edge = (one) => (one.parentElement?.closest(".card") ?? app).getBoundingClientRect().right;
      const isCut = (one) => !mayBeCut(one) && one.getBoundingClientRect().right > edge(one) + 1;
      return [...over, ...all.filter(scrolls), ...all.filter(isCut)].map((one) => `${one.localName}.${one.className.baseVal ?? one.className} ${one.textContent.slice(0, 30)}`);
    });
    assert.deepEqual(wide, [], where);
  };
  await wayIn(element).waitFor();
  await look("hello");
  await wayIn(element).click();
  await element.getByRole("button", { name: /^Show/ }).click();
  await element.getByRole("alert").waitFor();
  await look("a wrong age");
  await navigate(element, "Today");
  const titles = await begin(element, { years: "4", nickname: "Maximiliana-Alexandra" });
  await look("picks");
  await openPick(element, titles[0]);
  await look("activity");
  for (const name of ["Easier", "Start", "Harder"]) {
    const lines = await button(element, name).getByText(name).evaluate((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return range.getClientRects().length;
    });
    assert.equal(lines, 1, `${name} is not broken in two`);
  }
  await button(element, "Start").click();
  await button(element, "Done").waitFor();
  await look("doing");
  await button(element, "Done").click();
  await how(element).waitFor();
  await look("how did it go");
  await how(element).getByRole("button", { name: "Easily" }).click();
  await element.getByRole("article").nth(2).waitFor();
  await look("learned");
  for (const name of ["Children", "Who can help", "Settings"]) {
    await navigate(element, name);
    await element.getByRole("heading", { level: 1 }).waitFor();
    await look(name);
  }
});

test("after a panic every living element shows the card, in our own looks", async () => {
  const broken = await serve(DIST_TEST, ANY_ORIGIN);
  const clinic = await serveHost(broken.origin);
  try {
    const page = await newPage({ calm: false });
    await page.addInitScript(() => {
      window.failed = [];
      document.addEventListener("just-right-error", (event) => window.failed.push(`${event.target.id} ${typeof event.detail.message}`));
    });
    await page.goto(clinic.at("panic"));
    for (const id of ["#first", "#second", "#panics"]) {
      await picker(page, id).scrollIntoViewIfNeeded();
      await wayIn(picker(page, id)).waitFor();
    }
    await begin(picker(page, "#second"));
    await page.evaluate(() => { location.hash = "#/panic"; });
    for (const id of ["#first", "#second", "#panics"]) {
      const card = picker(page, id).getByRole("alert");
      await card.getByRole("heading", { name: "Something went wrong on our side" }).waitFor();
      await button(card, "Reload").waitFor();
      assert.equal(await picker(page, id).getByRole("article").count(), 0);
      const look = await card.evaluate((card) => [
        getComputedStyle(card).borderRadius, getComputedStyle(card).fontSize, getComputedStyle(card.querySelector(".main")).backgroundColor,
      ]);
      assert.deepEqual(look, ["20px", "17px", "rgb(180, 71, 31)"]);
    }
    await picker(page, "#first").getByText("This page keeps nothing").waitFor();
    await picker(page, "#second").getByText("Your data is safe").waitFor();
    const file = await saved(page, () => button(picker(page, "#second"), "Export").click());
    assert.equal(file.name, "just-right-rescue.json");
    assert.equal(JSON.parse(file.text).family.children.length, 1);
    // One that comes later finds the module dead.
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("just-right-picker"), { id: "late" })));
    await picker(page, "#late").scrollIntoViewIfNeeded();
    await button(picker(page, "#late"), "Reload").waitFor();
    assert.deepEqual(await page.evaluate(() => window.failed.sort()), ["first string", "late string", "panics string", "second string"]);
    assert.equal(page.seen.errors.length, 1, "the panic itself, and nothing more");
  } finally {
    await Promise.all([broken.stop(), clinic.stop()]);
  }
});

test("the card makes no empty database where there was none", async () => {
  const page = await newPage();
  await page.goto(host.at("later"));
  await page.evaluate(async (release) => {
    const { show } = await import(`${release}/card.js`);
    const element = document.createElement("div");
    document.body.append(element);
    await show(element.attachShadow({ mode: "open" }), true, false);
  }, release);
  await button(page, "Reload").waitFor();
  assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "body", "it takes no focus that was elsewhere");
});
