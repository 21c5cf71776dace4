// A slow phone on a slow network, and what it notes of a page.

/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back; a processor a quarter as fast as this machine's. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const TIMES_SLOWER = 4;

/** Notes, from before the first script on: when `wanted` first stood on the screen, taps, shifts and long tasks. */
function watch(wanted) {
  const noted = { stood: {}, taps: {}, shifts: [], tasks: [] };
  globalThis.noted = noted;
  const look = () => {
    const root = document.querySelector("just-right-picker")?.shadowRoot;
    for (const [name, selector] of Object.entries(wanted)) {
      if (!(name in noted.stood) && root?.querySelector(selector)) requestAnimationFrame(() => { noted.stood[name] ??= performance.now(); });
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const observe = (type, see, more) => new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more });
  // Inside a shadow root an entry does not tell its target, but its moment does.
  const targets = new Map();
  const target = (event) => targets.set(event.timeStamp, (event.composedPath()[0].closest?.("button, a, label, input")?.textContent ?? "").trim() || event.key);
  for (const kind of ["pointerdown", "pointerup", "click", "keydown", "keyup"]) addEventListener(kind, target, true);
  observe("event", ({ interactionId: id, duration, startTime, name }) => {
    if (!id || noted.taps[id]?.duration > duration) return;
    noted.taps[id] = { duration, what: targets.get(startTime) ?? name };
  }, { durationThreshold: 16 });
  observe("layout-shift", ({ value, startTime, hadRecentInput, sources }) => {
    noted.shifts.push({ value, startTime, hadRecentInput, what: sources?.[0]?.node?.className });
  });
  observe("longtask", ({ duration }) => noted.tasks.push(duration));
}

/** A page of somebody with a slow phone. `as` is a storage state or nothing. */
export async function phone(browser, { wanted = {}, network = SLOW, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "en", ...more });
  await context.addInitScript(watch, wanted);
  const page = await context.newPage();
  await slow(page, network);
  return page;
}

/** Makes a page slow. */
export async function slow(page, network = SLOW) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  if (network) await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
}

export const noted = (page) => page.evaluate(() => globalThis.noted);

/** When something first stood on the screen, in seconds after the navigation. */
export async function stood(page, name) {
  await page.waitForFunction((name) => globalThis.noted?.stood[name] !== undefined, name, { timeout: 60_000 });
  return (await noted(page)).stood[name] / 1000;
}

/** Layout shift as browsers count it: the worst run of shifts that nobody asked for, each within a second of the last and five in all. */
export function shift(shifts) {
  let [worst, sum, first, last] = [0, 0, 0, -Infinity];
  for (const { value, startTime, hadRecentInput } of shifts) {
    if (hadRecentInput) continue;
    if (startTime - last > 1000 || startTime - first > 5000) [sum, first] = [0, startTime];
    [sum, last] = [sum + value, startTime];
    worst = Math.max(worst, sum);
  }
  return worst;
}
