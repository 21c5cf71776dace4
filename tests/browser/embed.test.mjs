// The element on somebody else's page: `tests/embed/pages/` from one origin, the release from another.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { begin, button, how, open as openPick, picks, saved, whole } from "./support/road.mjs";
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
  const page = await open("plain");
  const element = picker(page);
  await toPicks(element);
  const before = await picks(element);
  await doFirst(element);
  assert.notDeepEqual(await picks(element), before);
  assert.equal(await element.getByRole("link", { name: "Open the picker" }).count(), 0, "the fallback is gone");
  assert.deepEqual(page.seen.errors.concat(page.seen.said), []);
});

test("the drawings and words come from the folder of the release, and nothing from elsewhere", async () => {
  const page = await open("plain");
  await toPicks(picker(page));
  await picker(page).getByRole("article").first().locator("svg.picture").waitFor();
  const strange = page.seen.requests.filter((url) => !url.startsWith(`${release.origin}/`) && !url.startsWith(`${host.origin}/`) && !url.startsWith("data:"));
  assert.deepEqual(strange, []);
});

test("it leaves no trace on the page: no global, style, title, hash, history, focus, or change outside the element", async () => {
  const page = await open("later");
  const look = () => page.evaluate(() => ({
    globals: Object.getOwnPropertyNames(window).sort(),
    prototypes: [Object, Array, Element, HTMLElement, Event, EventTarget].map((one) => Object.getOwnPropertyNames(one.prototype).join()),
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length, document.fonts.size],
    address: [document.title, location.href, history.length, JSON.stringify(history.state)],
    root: [...document.documentElement.attributes, ...document.body.attributes].map((one) => `${one.name}=${one.value}`),
    heading: getComputedStyle(document.querySelector("h1")).cssText,
  }));
  const before = await look();
  await add(page);
  await begin(picker(page)).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.localName), "body", "focus stays where it was");
  assert.equal(await page.evaluate(() => scrollY), 0, "and so does the page");
  const text = await page.evaluate(() => document.documentElement.outerHTML);
  await toPicks(picker(page));
  await doFirst(picker(page));
  await picker(page).getByRole("link", { name: "Settings" }).click();
  await picker(page).getByRole("radio", { name: /dark/i }).check();
  assert.deepEqual(await look(), before);
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML), text, "outside the shadow root nothing changes");
});

test("without the attribute nothing is stored anywhere", async () => {
  const page = await open("plain");
  await toPicks(picker(page));
  await doFirst(picker(page));
  const kept = await page.evaluate(async () => [
    await indexedDB.databases(), localStorage.length, sessionStorage.length, document.cookie, await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  assert.deepEqual(kept, [[], 0, 0, "", [], 0]);
  assert.deepEqual(await page.context().cookies(), []);
  await page.reload();
  await begin(picker(page)).waitFor();
});

test("with the attribute it is kept over a reload, in the one database and nowhere else", async () => {
  const page = await open("storage");
  await toPicks(picker(page));
  await doFirst(picker(page));
  const before = await picks(picker(page));
  await page.reload();
  await picker(page).getByRole("article").nth(2).waitFor();
  assert.deepEqual(await picks(picker(page)), before);
  const kept = await page.evaluate(async () => [
    (await indexedDB.databases()).map((one) => one.name), localStorage.length, document.cookie, await caches.keys(),
  ]);
  assert.deepEqual(kept, [["just-right"], 0, "", []]);
});

test("it tells the page what happens by events that leave the shadow root and carry plain JSON", async () => {
  const page = await newPage();
  await page.addInitScript((names) => {
    const plain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value)
      || ([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)) && Object.values(value).every(plain));
    window.heard = [];
    for (const name of names) {
      document.addEventListener(name, (event) => window.heard.push({
        type: event.type,
        detail: structuredClone(event.detail),
        right: event instanceof CustomEvent && event.bubbles && event.composed && plain(event.detail)
          && event.target.localName === "just-right-picker",
      }));
    }
  }, EVENTS);
  await page.goto(`${host.origin}/plain.html`);
  await toPicks(picker(page));
  await doFirst(picker(page), "With a little help");
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual(heard.filter((event) => !event.right), []);
  const [ready, pick, report] = ["ready", "pick", "report"].map((name) => heard.find((event) => event.type === `just-right-${name}`).detail);
  assert.deepEqual(Object.keys(ready).sort(), ["activities", "version"]);
  assert.ok(ready.activities >= 24 && /^\d+\.\d+\.\d+/.test(ready.version));
  assert.deepEqual(Object.keys(pick).sort(), ["activity", "grade", "success"]);
  assert.ok(pick.success > 0 && pick.success < 1);
  assert.deepEqual(report, { activity: pick.activity, grade: pick.grade, level: "little-help" });
  assert.equal(heard.filter((event) => event.type === "just-right-ready").length, 1);
  assert.equal(heard.filter((event) => event.type === "just-right-error").length, 0);
});

test("a page that takes the element away while it hears an event does no harm", async () => {
  const page = await open("later");
  await add(page);
  await page.evaluate(() => document.addEventListener("just-right-pick", (event) => event.target.remove()));
  await toPicks(picker(page));
  await picker(page).getByRole("article").first().getByRole("link").click();
  await page.waitForFunction(() => !document.querySelector("just-right-picker"));
  await page.evaluate(() => document.body.append(document.createElement("just-right-picker")));
  await begin(picker(page)).waitFor();
  assert.deepEqual(page.seen.errors, []);
});

test("a hostile page with its own policy changes nothing inside", async () => {
  const [plain, hostile] = await Promise.all(["plain", "hostile"].map((name) => open(name)));
  const inherited = (page) => page.evaluate(() => {
    const root = document.querySelector("just-right-picker").shadowRoot;
    const same = (one) => {
      const all = getComputedStyle(one);
      // Sizes in px follow the width, which the boxes compare; all else must be equal to the letter.
      return Object.fromEntries([...all].filter((name) => !/^(--|block-size|inline-size|width|height|perspective-origin|transform-origin)/.test(name))
        .map((name) => [name, all.getPropertyValue(name)]));
    };
    return [...root.querySelectorAll(".app, .app *")].map((one) => [one.localName, same(one)]);
  });
  for (const page of [plain, hostile]) await begin(picker(page)).waitFor();
  const outside = await hostile.evaluate(() => {
    const { fontSize, direction, color, textTransform } = getComputedStyle(document.querySelector("just-right-picker"));
    return [fontSize, direction, color, textTransform];
  });
  assert.deepEqual(outside, ["40px", "rtl", "rgb(255, 0, 0)", "uppercase"], "the page is as hostile as it means to be");
  for (const page of [plain, hostile]) await toPicks(picker(page));
  const [ours, theirs] = await Promise.all([plain, hostile].map((page) => inherited(page)));
  assert.equal(theirs.length, ours.length);
  theirs.forEach(([name, style], index) => assert.deepEqual(style, ours[index][1], `${name}, number ${index}`));
  const app = theirs[0][1];
  assert.deepEqual(
    [app["font-size"], app["line-height"], app["text-transform"], app["letter-spacing"], app.direction, app.color],
    ["17px", "25.5px", "none", "normal", "ltr", "rgb(34, 49, 58)"],
  );
  const [here, there] = await Promise.all([plain, hostile].map((page) => boxes(picker(page))));
  assert.equal(there.length, here.length);
  there.forEach(([name, ...box], index) => box.forEach((value, side) =>
    assert.ok(Math.abs(value - here[index][side + 1]) <= 2, `${name}, number ${index}: ${box} and not ${here[index].slice(1)}`)));
  await doFirst(picker(hostile));
  assert.deepEqual(hostile.seen.errors.concat(hostile.seen.said), [], "the policy has nothing to complain of");
});

test("the page places, sizes and hides the element as any other", async () => {
  const page = await open("plain");
  await begin(picker(page)).waitFor();
  const styled = await page.evaluate(() => {
    const element = document.querySelector("just-right-picker");
    const seen = () => { const box = element.getBoundingClientRect(); return [box.x, box.width]; };
    element.style.cssText = "max-width: 400px; margin-left: 30px; border: 2px solid";
    const sized = seen();
    element.style.cssText = "display: none";
    const styledAway = seen();
    element.style.cssText = "";
    element.hidden = true;
    const hidden = seen();
    element.hidden = false;
    document.body.style.visibility = "hidden";
    const invisible = getComputedStyle(element.shadowRoot.querySelector("h1")).visibility;
    return { sized, styledAway, hidden, invisible };
  });
  assert.deepEqual(styled, { sized: [30, 400 + 4], styledAway: [0, 0], hidden: [0, 0], invisible: "hidden" });
});

test("in a flex row, a centred grid cell and an inline block it takes the width that is there", async () => {
  const page = await open("boxes");
  for (const index of [0, 1, 2]) await begin(picker(page).nth(index)).waitFor();
  const widths = await page.evaluate(() => [...document.querySelectorAll("just-right-picker")].map((one) => [one.getBoundingClientRect().width, one.shadowRoot.querySelector(".app").getBoundingClientRect().width]));
  assert.deepEqual(widths, [[640, 640], [640, 640], [560, 560]]);
});

test("two elements on one page are two families", async () => {
  const page = await open("two");
  const [first, second] = [picker(page, "#first"), picker(page, "#second")];
  await toPicks(first, "3");
  await begin(second).waitFor();
  await toPicks(second, "9");
  const before = await picks(second);
  await doFirst(first);
  assert.deepEqual(await picks(second), before);
  await first.getByText("3 years").first().waitFor();
  await second.getByText("9 years").first().waitFor();
  assert.equal(page.seen.requests.filter((url) => url.endsWith(".wasm")).length, 1, "and one module");
  await page.evaluate(() => document.querySelector("#first").remove());
  await doFirst(second);
  assert.deepEqual(page.seen.errors, []);
});

test("removed and added again fifty times it still works, and leaves nothing behind", async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    const counts = (window.listeners = new Map());
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      const open = new Set();
      counts.set(target, open);
      const id = (kind, heard, options) => `${kind} ${Boolean(options?.capture ?? options)}`;
      const known = new Map();
      const key = (kind, heard, options) => {
        if (!known.has(heard)) known.set(heard, known.size);
        return `${id(kind, heard, options)} ${known.get(heard)}`;
      };
      target.addEventListener = function (kind, heard, options) { open.add(key(kind, heard, options)); return addEventListener.call(target, kind, heard, options); };
      target.removeEventListener = function (kind, heard, options) { open.delete(key(kind, heard, options)); return removeEventListener.call(target, kind, heard, options); };
    }
  });
  await page.goto(`${host.origin}/plain.html`);
  const again = (times) => page.evaluate(async (times) => {
    const element = document.querySelector("just-right-picker");
    const started = () => new Promise((resolve) => element.addEventListener("just-right-ready", () => setTimeout(resolve), { once: true }));
    for (let time = 0; time < times; time += 1) {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      const ready = started();
      document.body.append(element);
      await ready;
    }
  }, times);
  const devtools = await page.context().newCDPSession(page);
  const measure = async () => {
    await begin(picker(page)).waitFor();
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
    const here = await page.evaluate(async (glue) => ({
      listeners: [...window.listeners.values()].map((open) => open.size),
      wasm: (await (await import(glue)).default()).memory.buffer.byteLength,
      roots: document.querySelectorAll("just-right-picker").length,
      inside: document.querySelector("just-right-picker").shadowRoot.childElementCount,
    }), `${release.origin}/${GLUE}`);
    return { usedSize, nodes, jsEventListeners, ...here };
  };
  await begin(picker(page)).waitFor();
  // The first rounds warm up caches; what counts is that fifty more add next to nothing.
  await again(5);
  const before = await measure();
  await again(50);
  const then = await measure();
  if (process.env.SHOW) console.log(before, then);
  assert.deepEqual(then.listeners, before.listeners, "listeners on window and document");
  assert.deepEqual([then.roots, then.inside], [before.roots, before.inside]);
  assert.ok(then.wasm - before.wasm <= 256 * 1024, `wasm memory grew by ${then.wasm - before.wasm}`);
  assert.ok(then.usedSize - before.usedSize <= 50 * 12 * 1024, `the heap grew by ${then.usedSize - before.usedSize}`);
  assert.ok(then.nodes - before.nodes <= 50 * 4, `${then.nodes - before.nodes} more nodes`);
  await toPicks(picker(page));
  await doFirst(picker(page));
  await page.evaluate(() => { document.querySelector("just-right-picker").remove(); return new Promise((resolve) => setTimeout(resolve)); });
  assert.deepEqual(await page.evaluate(() => [...window.listeners.values()].map((open) => open.size)), [0, 0], "taken away, it listens to nothing");
  assert.deepEqual(page.seen.errors, []);
});

test("moved within the page it keeps its state", async () => {
  const page = await open("plain");
  await toPicks(picker(page));
  const before = await picks(picker(page));
  await page.evaluate(() => {
    const element = document.querySelector("just-right-picker");
    const box = document.createElement("section");
    element.remove();
    document.body.append(box);
    box.append(element);
  });
  assert.deepEqual(await picks(picker(page)), before);
  await doFirst(picker(page));
  assert.deepEqual(page.seen.errors, []);
});

test("the page's own link stands there until the app does, and its place is kept free", async () => {
  const page = await newPage();
  let go;
  const held = new Promise((resolve) => { go = resolve; });
  await page.route("**/*.wasm", async (route) => { await held; await route.continue(); });
  const asked = page.waitForRequest("**/*.wasm");
  await page.goto(`${host.origin}/plain.html`);
  await asked;
  const link = picker(page).getByRole("link", { name: "Open the picker" });
  assert.ok(await link.isVisible());
  const height = () => picker(page).evaluate((element) => element.getBoundingClientRect().height);
  assert.ok(await height() >= 400);
  go();
  await begin(picker(page)).waitFor();
  assert.equal(await link.isVisible(), false);
});

for (const [what, name, status] of [["cannot be had", "plain", 404], ["is forbidden by the page's policy", "blocked", 200]]) {
  test(`where the module ${what}, the link stays, an event tells and the console names the policy`, async () => {
    const page = await newPage();
    if (status !== 200) await page.route("**/*.wasm", (route) => route.fulfill({ status, headers: { "Access-Control-Allow-Origin": "*" } }));
    await page.addInitScript(() => {
      document.addEventListener("just-right-error", (event) => { window.failed = event.detail; });
    });
    await page.goto(`${host.origin}/${name}.html`);
    await page.waitForFunction(() => window.failed);
    const failed = await page.evaluate(() => window.failed);
    assert.deepEqual(Object.keys(failed), ["message"]);
    assert.ok(failed.message.length > 10);
    const link = picker(page).getByRole("link", { name: "Open the picker" });
    assert.ok(await link.isVisible());
    assert.ok((await picker(page).evaluate((element) => element.getBoundingClientRect().height)) < 100, "no hole is left");
    const line = `script-src ${release.origin} 'wasm-unsafe-eval'; connect-src ${release.origin}`;
    assert.ok(page.seen.said.some((text) => text.includes(line)), page.seen.said.join("\n"));
    assert.deepEqual(page.seen.errors, [], "nothing is thrown at the page");
  });
}

test("a failed load is tried again by the next element", async () => {
  const page = await newPage();
  let deny = true;
  await page.route("**/*.wasm", (route) => (deny ? route.fulfill({ status: 503, headers: { "Access-Control-Allow-Origin": "*" } }) : route.continue()));
  await page.addInitScript(() => document.addEventListener("just-right-error", () => { window.failed = true; }));
  await page.goto(`${host.origin}/plain.html`);
  await page.waitForFunction(() => window.failed);
  deny = false;
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("just-right-picker"), { id: "next" })));
  await begin(picker(page, "#next")).waitFor();
});

test("the module is fetched only when the element comes near the window", async () => {
  const page = await open("below");
  const link = picker(page).getByRole("link", { name: "Open the picker" });
  await page.waitForFunction(() => customElements.get("just-right-picker"));
  // Two frames: time enough for an observer to have said what it sees.
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(seen)))));
  assert.deepEqual(page.seen.requests.filter((url) => url.startsWith(release.origin)), [`${release.origin}/embed.js`]);
  assert.equal(await link.count(), 1);
  await page.evaluate(() => scrollTo(0, 4000));
  await begin(picker(page)).waitFor();
  assert.equal(page.seen.requests.filter((url) => url.endsWith(".wasm")).length, 1);
});

test("in a sandboxed frame it works, and says that nothing is kept where it was asked to keep", async () => {
  const page = await open("sandbox");
  const element = page.frameLocator("iframe").locator("just-right-picker");
  await toPicks(element);
  await element.getByText("nothing will be kept", { exact: false }).or(element.getByText("not kept", { exact: false })).first().waitFor();
  const before = await picks(element);
  await doFirst(element);
  assert.notDeepEqual(await picks(element), before);
  assert.deepEqual(page.seen.errors, []);
});

test("defined three times by two copies it is one element, and attributes set before count", async () => {
  const page = await open("twice");
  await toPicks(picker(page));
  assert.equal(await picker(page).evaluate((element) => element.shadowRoot.querySelectorAll(".app").length), 1);
  assert.equal(await picker(page).evaluate((element) => element.shadowRoot.querySelector(".app").lang), "en");
  await page.reload();
  await picker(page).getByRole("article").nth(2).waitFor();
  assert.deepEqual(page.seen.errors.concat(page.seen.said), []);
});

test("in a box of 280 px nothing has to be scrolled sideways", async () => {
  const page = await open("narrow");
  const element = picker(page);
  const wide = () => element.evaluate((element) => {
    const edge = element.getBoundingClientRect();
    const hidden = (one) => one.closest("svg") || one.closest(".live");
    return [...element.shadowRoot.querySelectorAll(".app *")].filter((one) => !hidden(one))
      .filter((one) => one.getBoundingClientRect().right > edge.right + 1 || one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
      .map((one) => `${one.localName}.${one.className} ${one.textContent.slice(0, 40)} ${one.scrollWidth}>${one.clientWidth} ${one.getBoundingClientRect().right}>${edge.right}`);
  });
  const look = async (where) => assert.deepEqual(await wide(), [], where);
  await begin(element).waitFor();
  await look("hello");
  await begin(element).click();
  await element.getByLabel("Years").fill("4");
  await look("age");
  await element.getByRole("button", { name: /^Show/ }).click();
  await element.getByRole("article").nth(2).waitFor();
  await look("picks");
  await element.getByRole("article").first().getByRole("link").click();
  await element.getByRole("button", { name: "Start" }).waitFor();
  await look("activity");
  await element.getByRole("button", { name: "Start" }).click();
  await element.getByRole("button", { name: "Done" }).waitFor();
  await look("doing");
  await element.getByRole("button", { name: "Done" }).click();
  await look("how did it go");
  await element.getByRole("button", { name: "Easily" }).click();
  await element.getByRole("article").nth(2).waitFor();
  await look("learned");
  for (const name of ["Children", "Settings", /help/]) {
    await element.getByRole("link", { name }).first().click();
    await element.getByRole("heading", { level: 1 }).waitFor();
    await look(String(name));
  }
});

test("after a panic every living element shows the card, in our own looks", async () => {
  const broken = await serveRelease(DIST_TEST);
  const page = await newPage();
  const clinic = await serveHost(broken.origin);
  try {
    await page.addInitScript(() => {
      window.failed = [];
      document.addEventListener("just-right-error", (event) => window.failed.push([event.target.id, typeof event.detail.message]));
    });
    await page.goto(`${clinic.origin}/panic.html`);
    for (const id of ["#first", "#second", "#panics"]) await begin(picker(page, id)).waitFor();
    await toPicks(picker(page, "#second"));
    await page.evaluate(() => { const gone = document.querySelector("#first").cloneNode(); gone.id = "gone"; document.body.append(gone); gone.remove(); });
    await page.evaluate(() => { location.hash = "#/panic"; });
    for (const id of ["#first", "#second", "#panics"]) {
      const card = picker(page, id).getByRole("alert");
      await card.getByRole("heading", { name: "Something went wrong on our side" }).waitFor();
      await card.getByRole("button", { name: "Reload" }).waitFor();
      assert.equal(await picker(page, id).getByRole("article").count(), 0);
      const look = await card.evaluate((card) => [getComputedStyle(card).borderRadius, getComputedStyle(card).fontSize, getComputedStyle(card.querySelector(".main")).backgroundColor]);
      assert.deepEqual(look, ["20px", "17px", "rgb(180, 71, 31)"]);
    }
    await picker(page, "#first").getByText("keeps nothing").waitFor();
    await picker(page, "#second").getByText("Your data is safe").waitFor();
    assert.deepEqual((await page.evaluate(() => window.failed)).sort(), [["first", "string"], ["panics", "string"], ["second", "string"]]);
    const [file] = await Promise.all([page.waitForEvent("download"), picker(page, "#second").getByRole("button", { name: "Export" }).click()]);
    assert.equal(file.suggestedFilename(), "just-right-rescue.json");
    assert.equal(page.seen.errors.length, 1, "the panic itself, and nothing more");
  } finally {
    await Promise.all([broken.close(), clinic.close()]);
  }
});
