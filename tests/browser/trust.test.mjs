// What a family and a clinic can trust in: nothing leaves, nothing foreign runs, and neither a translated page nor a fault of ours loses
// what was told.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DIST_TEST, stage, until } from "./support/stage.mjs";
import { begin, button, describeChild, find, how, importFile, LEARNED, meter, navigate, open, percent, picks, report, saved, title, whole } from "./support/road.mjs";
import { reportsOf, slots, stored } from "./support/store.mjs";

describe("Nothing leaves", () => {
  const here = stage();

  test("every request of the whole road is for a file of this release", async () => {
    const { context } = await here.visitor();
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    const page = await context.newPage();
    const sockets = [];
    page.on("websocket", (socket) => sockets.push(socket.url()));
    await page.goto(here.site.url);
    const [name] = await begin(page);
    await whole(page, name, "With a little help");
    await page.getByRole("link", { name: "Answer a few questions" }).click();
    await button(page, "By themselves, most times").click();
    for (const place of ["Children", "Who can help", "Settings"]) {
      await navigate(page, place);
      await title(page, place).waitFor();
    }
    const { text } = await saved(page, () => button(page, "Export").click());
    await importFile(page, { name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });
    await button(page, "Yes, replace").click();
    await page.getByRole("status").filter({ hasText: "Imported" }).waitFor();
    await button(page, "Erase everything").click();
    await button(page, "Yes, erase").click();
    await page.getByRole("status").filter({ hasText: "Everything is erased" }).waitFor();
    await page.evaluate(async () => { await navigator.serviceWorker.ready; });
    await page.reload();
    await find(page);

    const ours = new Set([here.site.url, ...here.site.files.map((file) => here.site.url + file)]);
    const strangers = asked.map((url) => url.replace(/#.*$/, "")).filter((url) => !ours.has(url) && !url.startsWith(`blob:${here.site.origin}/`));
    assert.deepEqual(strangers, [], "what the browser was asked for, by the page and by its worker");
    assert.deepEqual(sockets, []);
    assert.deepEqual(here.site.missed, [], "what the server did not have");
    assert.ok(asked.some((url) => url.endsWith(".wasm")), "the record has seen the road");
    assert.ok(here.site.asked.includes("/sw.js"), "and the worker");
  });

  test("nothing is kept elsewhere than in the one store: no cookie, no other storage", async () => {
    const { context, page } = await here.visit();
    const [name] = await begin(page);
    await whole(page, name, "Easily");
    await stored(page, "the report", (family) => reportsOf(family).length === 1);
    const kept = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      cookie: document.cookie,
      databases: (await indexedDB.databases()).map((one) => one.name),
    }));
    assert.deepEqual(kept, { local: 0, session: 0, cookie: "", databases: ["just-right"] });
    assert.deepEqual(await context.cookies(), []);
    assert.ok(!page.url().includes("Mia"), "the address does not tell the name");
  });

  test("the list of files for offline use is the release, no more and no less", async () => {
    const { page } = await here.visit();
    const cached = await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const names = await caches.keys();
      const requests = await (await caches.open(names[0])).keys();
      return requests.map((request) => request.url);
    });
    const expected = [here.site.url, ...here.site.files.filter((file) => file !== "sw.js").map((file) => here.site.url + file)];
    assert.deepEqual(cached.sort(), expected.sort());
  });
});

describe("Nothing foreign runs", () => {
  const here = stage();

  test("the page's policy allows no inline script, no eval and no foreign origin, and demands trusted types", async () => {
    const { page } = await here.visit();
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    const rules = new Map(policy.split(";").map((rule) => rule.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
    assert.deepEqual(rules.get("default-src"), ["'none'"]);
    assert.deepEqual(rules.get("script-src"), ["'self'", "'wasm-unsafe-eval'"]);
    assert.deepEqual(rules.get("require-trusted-types-for"), ["'script'"]);
    assert.deepEqual(rules.get("base-uri"), ["'none'"]);
    assert.deepEqual(rules.get("form-action"), ["'none'"]);
    assert.ok(rules.get("trusted-types").every((value) => value !== "*" && value !== "'allow-duplicates'"));
    for (const [name, values] of rules) {
      for (const value of values) {
        assert.ok(!["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "data:", "http:", "https:"].includes(value), `${name} ${value}`);
      }
    }
    const html = await page.evaluate(() => document.querySelector("meta[http-equiv]").previousElementSibling?.tagName);
    assert.ok(["META", undefined].includes(html), "the policy stands before anything that loads");
  });

  test("an inline script that somebody slipped into the page does not run", async () => {
    here.site.change["index.html"] = (text) => text.replace("<body>", '<body onload="globalThis.slipped = 1"><script>globalThis.slipped = 2</script><img src="x" onerror="globalThis.slipped = 3">');
    try {
      const { page, breaches } = await here.visit({ calm: false });
      assert.equal(await page.evaluate(() => globalThis.slipped), undefined);
      assert.ok(breaches.some((breach) => breach.startsWith("script-src")), breaches.join("\n"));
      await begin(page);
    } finally {
      delete here.site.change["index.html"];
    }
  });

  test("markup from a text, eval, and foreign scripts, styles, frames and requests are refused", async () => {
    const { page } = await here.visit({ calm: false });
    const tried = await page.evaluate(async () => {
      // From the page's own loop: what a test evaluates directly is exempt from the policy.
      const attempt = (act) => new Promise((resolve) => setTimeout(async () => {
        try { await act(); resolve("ran"); } catch (error) { resolve(error.name); }
      }));
      const refused = (tag, attribute, value) => new Promise((resolve) => {
        const heard = (event) => {
          if (!event.blockedURI || !value.startsWith(event.blockedURI.replace(/\/$/, ""))) return;
          removeEventListener("securitypolicyviolation", heard);
          resolve(event.effectiveDirective);
        };
        addEventListener("securitypolicyviolation", heard);
        setTimeout(resolve, 5_000, "nothing said");
        const element = document.createElement(tag);
        try { element[attribute] = value; } catch (error) { resolve(error.name); return; }
        document.body.append(element);
      });
      return {
        markup: await attempt(() => { document.createElement("div").innerHTML = "<b>x</b>"; }),
        write: await attempt(() => { document.write("<b>x</b>"); }),
        eval: await attempt(() => (0, eval)("1")),
        inline: await refused("script", "textContent", "globalThis.slipped = 4"),
        script: await refused("script", "src", "https://example.org/x.js"),
        policy: await attempt(() => trustedTypes.createPolicy("mine", {})),
        fetch: await attempt(() => fetch("https://example.org/")),
        image: await refused("img", "src", "https://image.example/x.png"),
        frame: await refused("iframe", "src", "https://frame.example/"),
        slipped: globalThis.slipped,
      };
    });
    assert.deepEqual(tried, {
      markup: "TypeError",
      write: "TypeError",
      eval: "EvalError",
      inline: "TypeError",
      script: "TypeError",
      policy: "TypeError",
      fetch: "TypeError",
      image: "img-src",
      frame: "frame-src",
      slipped: undefined,
    });
  });
});

/** What a browser's page translation does: every text node is exchanged for two font elements around the (here: same) text. */
const translate = (page) => page.evaluate(() => {
  const walk = (node) => {
    if (node.shadowRoot) walk(node.shadowRoot);
    for (const child of [...node.childNodes]) {
      if (child.nodeType === Node.TEXT_NODE) {
        if (!child.data.trim() || child.parentElement?.tagName === "FONT") continue;
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.append(child.data);
        outer.append(inner);
        child.replaceWith(outer);
      } else if (child.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE", "svg"].includes(child.tagName)) {
        walk(child);
      }
    }
  };
  walk(document.body);
});

describe("A translated page goes on", () => {
  const here = stage();

  test("every text exchanged between every two steps of the whole road: nothing dies, nothing old is left standing", async () => {
    const { page } = await here.visit();
    const once = async () => {
      await translate(page);
      assert.ok((await page.locator("just-right-picker font").count()) > 0, "the page is translated");
    };
    await once();
    await find(page);
    await once();
    await page.getByRole("button", { name: /^Show/ }).click();
    await page.getByRole("alert").filter({ hasText: "Please say how old" }).waitFor();
    await once();
    await describeChild(page, { years: "200" });
    await page.getByRole("button", { name: /^Show/ }).click();
    await page.getByRole("alert").filter({ hasText: "from 1 to 12 years" }).waitFor();
    assert.ok(!(await page.getByRole("alert").innerText()).includes("Please say"), "the old sentence is gone");
    await once();
    await describeChild(page, { years: "4", months: "2", nickname: "Mia" });
    await once();
    await page.getByRole("button", { name: /^Show/ }).click();
    await picks(page);
    await once();
    await page.getByRole("button", { name: "A hard day" }).click();
    await page.getByRole("button", { name: "A hard day", pressed: true }).waitFor();
    await once();
    await page.getByRole("button", { name: "Just right", pressed: false }).click();
    await once();
    await button(page, "Show three more").click();
    await until("six picks", async () => (await page.getByRole("article").count()) === 6);
    await once();
    const [name] = await picks(page);
    await open(page, name);
    await once();
    for (const press of ["Easier", "Easier", "Harder", "Harder"]) {
      if (await button(page, press).getAttribute("aria-disabled")) continue;
      const before = await percent(page);
      await button(page, press).click();
      await until(`${press} moves the meter`, async () => (await percent(page)) !== before);
      const words = await meter(page).getAttribute("aria-valuetext");
      const shown = (await page.locator(".track-words").innerText()).replace(/\s+/g, " ").trim();
      assert.equal(shown, words, "the words are the new ones, once");
      await once();
    }
    await button(page, "Start").click();
    await button(page, "Done").waitFor();
    await once();
    while (await button(page, "Next").count()) {
      const before = await page.getByRole("heading", { level: 1 }).innerText();
      await button(page, "Next").click();
      await until("the next step", async () => (await page.getByRole("heading", { level: 1 }).innerText()) !== before);
      await once();
    }
    await button(page, "One step back").click();
    await once();
    await button(page, "Done").click();
    await how(page).waitFor();
    await once();
    await report(page, "Easily");
    await once();
    await button(page, "Undo").click();
    await page.getByRole("status").filter({ hasText: "Taken back" }).waitFor();
    assert.equal(await page.getByRole("status").filter({ hasText: LEARNED }).count(), 0);
    await once();
    await page.getByRole("link", { name: "Answer a few questions" }).click();
    for (const answer of ["By themselves, most times", "Not yet, even with help", "No chance to try"]) {
      const before = await page.getByRole("heading", { level: 1 }).innerText();
      await button(page, answer).click();
      await until("the next question", async () => (await page.getByRole("heading", { level: 1 }).innerText()) !== before);
      await once();
    }
    await button(page, "Question before").click();
    await once();
    for (const place of ["Children", "Who can help", "Settings", "Today", "Settings"]) {
      await navigate(page, place);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await once();
    }
    await importFile(page, { name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await page.getByRole("alert").filter({ hasText: "another program" }).waitFor();
    await once();
    await page.getByRole("radio", { name: "Dark" }).check();
    await once();
    await button(page, "Erase everything").click();
    await once();
    await button(page, "No, keep everything").click();
    await once();
    await button(page, "Erase everything").click();
    await button(page, "Yes, erase").click();
    await page.getByRole("status").filter({ hasText: "Everything is erased" }).waitFor();
    await once();
    await begin(page, { years: "2" });
  });
});

describe("A fault of ours loses nothing", () => {
  const here = stage(DIST_TEST);
  const card = (page) => page.getByRole("alert").filter({ has: page.getByRole("heading", { name: /went wrong/ }) });
  const panic = (page) => page.evaluate(() => { location.hash = "#/panic"; });

  test("a panic shows what happened, that the data is safe, and a way to save it and to go on", async () => {
    const { page } = await here.visit({ calm: false });
    const [name] = await begin(page);
    await whole(page, name, "Easily");
    await stored(page, "the report", (family) => reportsOf(family).length === 1);
    const kept = await slots(page);
    await panic(page);
    await card(page).waitFor();
    assert.match(await card(page).innerText(), /Your data is safe/);
    assert.match(await page.evaluate(() => document.querySelector("just-right-picker").shadowRoot.activeElement?.textContent), /went wrong/);

    const file = await saved(page, () => button(page, "Export").click());
    assert.match(file.name, /^just-right-.*\.json$/);
    assert.ok(Object.values(kept).includes(file.text), "it is the stored text itself");
    assert.equal(JSON.parse(file.text).family.children[0].nickname, "Mia");
    assert.equal(reportsOf(JSON.parse(file.text).family).length, 1);
    await card(page).getByRole("status").filter({ hasText: file.name }).waitFor();
    assert.deepEqual(await slots(page), kept, "saving changes nothing");

    await button(page, "Reload").click();
    await page.getByRole("heading", { name: "Three for Mia" }).waitFor();
    assert.equal(await card(page).count(), 0, "after Reload the app works, and does not walk into the same fault");
    const [next] = await picks(page);
    await whole(page, next, "Easily");
  });

  test("the saved file can be imported", async () => {
    const { page } = await here.visit({ calm: false });
    const before = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    await panic(page);
    const file = await saved(page, () => button(page, "Export").click());
    const other = await here.visit();
    await navigate(other.page, "Settings");
    await importFile(other.page, { name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) });
    await button(other.page, "Yes, replace").click();
    await other.page.getByRole("status").filter({ hasText: "Imported" }).waitFor();
    await navigate(other.page, "Today");
    assert.deepEqual(await picks(other.page), before);
  });

  test("a panic at the first visit, before anything is told, promises nothing and leaves a clean start", async () => {
    const { page } = await here.visit({ calm: false, at: "#/panic", ready: false });
    await card(page).waitFor();
    await button(page, "Export").click();
    await card(page).getByRole("status").filter({ hasText: "Nothing was stored yet" }).waitFor();
    await page.goto(here.site.url);
    await page.reload();
    await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    await page.reload();
    await page.getByRole("heading", { name: "Three for Mia" }).waitFor();
  });
});

describe("Where something of the release does not arrive", () => {
  const here = stage();

  test("the picks stand without the rest of the code; who wants more is told, and gets it once it can be had", async () => {
    const rest = here.site.files.find((file) => /^later\/.*\.wasm$/.test(file));
    here.site.refusing.add(rest);
    const { context, page } = await here.visit({ calm: false });
    const [name] = await begin(page);
    await stored(page, "the child", (family) => family.children.length === 1);
    const alert = page.getByRole("alert").filter({ hasText: "did not arrive" });
    assert.equal(await alert.count(), 0, "nobody is told what nobody waits for");
    await page.getByRole("article").getByRole("link", { name, exact: true }).click();
    await alert.waitFor();
    here.site.refusing.delete(rest);
    await navigate(page, "Children");
    await title(page, "Children").waitFor();
    await navigate(page, "Today");
    await whole(page, name, "Easily");
    await context.close();
  });

  test("without the words the app says so, keeps what is told, and comes right with a reload", async () => {
    const words = here.site.files.find((file) => file.startsWith("later/texts-"));
    const { context, page } = await (async () => {
      here.site.refusing.add(words);
      return here.visit({ calm: false });
    })();
    await page.getByRole("alert").filter({ hasText: "did not arrive" }).waitFor();
    assert.equal((await begin(page)).length, 3, "the picks need no more than the first part");
    await stored(page, "the child", (family) => family.children.length === 1);
    here.site.refusing.delete(words);
    await page.reload();
    const [name] = await picks(page);
    await whole(page, name, "Easily");
    await context.close();
  });

  test("without the drawings all can be read and done", async () => {
    const drawings = here.site.files.find((file) => file.startsWith("later/drawings-"));
    here.site.refusing.add(drawings);
    try {
      const { page } = await here.visit({ calm: false });
      const [name] = await begin(page);
      await whole(page, name, "Easily");
    } finally {
      here.site.refusing.delete(drawings);
    }
  });

  test("without the app itself the page still says what it is", async () => {
    const wasm = here.site.files.find((file) => file.endsWith(".wasm"));
    here.site.refusing.add(wasm);
    try {
      const { page } = await here.visit({ calm: false, ready: false });
      await page.getByText("Three things to do today that will go well").waitFor();
      await page.getByText("Just Right picks an activity").waitFor();
    } finally {
      here.site.refusing.delete(wasm);
    }
  });
});
