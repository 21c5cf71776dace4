// `cargo xtask load`: how fast and how steady the release is on a slow phone and network, and what Lighthouse says of it. One table with
// target and figure; it fails where a target is missed. A busy machine makes it worse: then measure again when it is quiet.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import lighthouse from "lighthouse";
import { begin, find } from "../browser/support/road.mjs";
import { stored } from "../browser/support/store.mjs";
import { DIST, launch } from "../browser/support/stage.mjs";
import { host } from "./host.mjs";
import { noted, phone, shift, slow, stood } from "./phone.mjs";
import { walk } from "./walk.mjs";

const ROUNDS = 3;
const rows = [];

/** A line of the table; `target` is a limit that the figure may not pass, from above or from below. */
function row(what, figure, { most, least, say = (value) => String(value) } = {}) {
  const well = (most === undefined || figure <= most) && (least === undefined || figure >= least);
  const target = most !== undefined ? `≤ ${say(most)}` : least !== undefined ? `≥ ${say(least)}` : "";
  rows.push({ what, target, figure: say(figure), verdict: target === "" ? "" : well ? "ok" : "MISSED" });
}

const seconds = (value) => `${value.toFixed(2)} s`;
const milliseconds = (value) => `${Math.round(value)} ms`;
const bytes = (value) => `${Math.round(value).toLocaleString("en")} B`;
const inThousandths = (value) => value.toFixed(3);
const median = (all) => [...all].sort((one, other) => one - other)[Math.floor(all.length / 2)];

/** What `size-budget.toml` allows before the first pick, and what comes later. */
async function budget() {
  const text = await readFile(fileURLToPath(new URL("../../size-budget.toml", import.meta.url)), "utf8");
  const later = [...text.match(/^later = \[(.*)\]/m)[1].matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  return {
    most: Number(text.match(/^first_pick = ([\d_]+)/m)[1].replaceAll("_", "")),
    isLater: (name) => later.some((one) => (one.endsWith("/") ? name.startsWith(one) : name === one)),
  };
}

/** Somebody new with empty caches: the first screen, and from the tap on “Show” to the cards. */
async function newcomer(browser, site) {
  const screens = [];
  const picks = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    site.sent.length = 0;
    const page = await phone(browser, { wanted: { screen: "button.main", cards: "article h2" } });
    await page.goto(site.url);
    const screen = await stood(page, "screen");
    await find(page);
    await page.getByRole("textbox", { name: "Years", exact: true }).fill("4");
    const before = await page.evaluate(() => performance.now() / 1000);
    await page.getByRole("button", { name: /^Show/ }).click();
    screens.push(screen);
    picks.push(screen + (await stood(page, "cards")) - before);
    if (round < ROUNDS - 1) await page.context().close();
    else {
      await page.evaluate(async () => { await navigator.serviceWorker.ready; });
      await page.context().close();
    }
  }
  row("First screen, somebody new", median(screens), { most: 1.5, say: seconds });
  row("First pick: that and the way from the tap on “Show” to the cards", median(picks), { most: 1.5, say: seconds });
  const { most, isLater } = await budget();
  const sum = (all) => new Map(all.map(({ name, bytes }) => [name, bytes])).values().reduce((sum, one) => sum + one, 0);
  row("Bytes before the first pick, as sent", sum(site.sent.filter(({ name }) => !isLater(name))), { most, say: bytes });
  row("Bytes in all, with what is kept for days without a network", sum(site.sent), { say: bytes });
}

/** A family that comes back: the release and the data lie on the device. */
async function returning(browser, site) {
  const times = [];
  const page = await phone(browser, { wanted: { cards: "article h2" }, network: null });
  await page.goto(site.url);
  await begin(page);
  await stored(page, "the child", (family) => family.children.length === 1);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.close();
  for (let round = 0; round < ROUNDS; round += 1) {
    const again = await page.context().newPage();
    await slow(again);
    await again.goto(site.url);
    times.push(await stood(again, "cards"));
    await again.close();
  }
  await page.context().close();
  row("Cards, a family that comes back", median(times), { most: 1.5, say: seconds });
}

/** Every tap of the road at a quarter of the speed. */
async function road(browser, site) {
  const page = await phone(browser);
  await page.goto(site.url);
  await walk(page);
  // The last entries come with the frames after it.
  await page.waitForTimeout(1000);
  const { taps, shifts, tasks } = await noted(page);
  await page.context().close();
  const slowest = Object.values(taps).sort((one, other) => other.duration - one.duration);
  const all = slowest.map(({ duration }) => duration).reverse();
  const at = (part) => all[Math.min(all.length - 1, Math.floor(part * all.length))] ?? 0;
  row(`Slowest answer to a tap or key (${all.length} took 16 ms or more)`, at(1), { most: 100, say: milliseconds });
  row("95 of 100 answers take at most", at(0.95), { say: milliseconds });
  row("Layout shift, worst run of shifts on the road", shift(shifts), { most: 0.02, say: inThousandths });
  row("Long tasks on the road", tasks.length);
  row("Longest task", Math.max(0, ...tasks), { say: milliseconds });
  return slowest.slice(0, 5).map(({ what, duration }) => `${what}: ${milliseconds(duration)}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Lighthouse for a phone. What else runs on the machine can only lower the score, so the best of a few rounds counts. */
async function lights(site) {
  const wanted = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
  const best = {};
  const amiss = new Set();
  for (let round = 0; round < ROUNDS && Object.entries(wanted).some(([name, least]) => !(best[name] >= least)); round += 1) {
    const port = await freePort();
    const browser = await launch([`--remote-debugging-port=${port}`]);
    try {
      const { lhr } = await lighthouse(site.url, { port, output: "json", logLevel: "error", onlyCategories: Object.keys(wanted) });
      for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
        best[id] = Math.max(best[id] ?? 0, Math.round(score * 100));
        for (const ref of auditRefs) {
          const audit = lhr.audits[ref.id];
          if (ref.weight > 0 && audit.score !== null && audit.score < 0.9) amiss.add(`${id}: ${audit.title} ${audit.displayValue ?? ""}`.trim());
        }
      }
    } finally {
      await browser.close();
    }
  }
  for (const [name, least] of Object.entries(wanted)) row(`Lighthouse, phone: ${name}`, best[name] ?? 0, { least });
  return amiss;
}

function print() {
  const width = (name) => Math.max(name.length, ...rows.map((row) => row[name].length));
  const line = (row) => `${row.what.padEnd(width("what"))}  ${row.target.padStart(width("target"))}  ${row.figure.padStart(width("figure"))}  ${row.verdict}`.trimEnd();
  console.log(`\nSlow 4G (1.6 Mbit/s, 150 ms), processor 4 times slower, median of ${ROUNDS}\n`);
  console.log([{ what: "what", target: "target", figure: "figure", verdict: "" }, ...rows].map(line).join("\n"));
}

const site = await host(DIST);
let slowest = [];
try {
  const browser = await launch();
  try {
    await newcomer(browser, site);
    await returning(browser, site);
    slowest = await road(browser, site);
  } finally {
    await browser.close();
  }
  const amiss = await lights(site);
  print();
  console.log(`\nThe slowest answers:\n  ${slowest.join("\n  ")}`);
  if (amiss.size) console.log(`\nWhat Lighthouse would mend:\n  ${[...amiss].join("\n  ")}`);
} finally {
  await site.stop();
}
process.exitCode = rows.some(({ verdict }) => verdict === "MISSED") ? 1 : 0;
