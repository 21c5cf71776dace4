// The light part of `cargo xtask load` that no busy machine disturbs: nothing on the road jumps away under the finger.
import assert from "node:assert/strict";
import { test } from "node:test";
import { noted, phone, shift } from "../load/phone.mjs";
import { walk } from "../load/walk.mjs";
import { PHONE, stage, WIDE } from "./support/stage.mjs";

const MOST = 0.02;

const here = stage();

for (const [screen, viewport] of [["phone", PHONE], ["wide screen", WIDE]]) {
  test(`on a ${screen} nothing moves but what was asked to`, async () => {
    const page = await phone(here.browser, { viewport });
    await page.goto(here.site.url);
    await walk(page);
    const { shifts } = await noted(page);
    await page.context().close();
    assert.ok(shift(shifts) <= MOST, `${shift(shifts)}: ${JSON.stringify(shifts.filter((one) => !one.hadRecentInput))}`);
  });
}
