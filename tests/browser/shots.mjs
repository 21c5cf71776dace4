// `cargo xtask shots`: a picture of every screen in both themes and three widths, with a made family and a clock that stands still, so that
// the same app gives the same pictures. Only what is seen at first, at one pixel a pixel and in few colours, so that all of them stay small.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { bringFamily, go } from "./support/made.mjs";
import { NOW } from "./support/family.mjs";
import { fewColours } from "./support/png.mjs";
import { SCREENS } from "./support/screens.mjs";
import { serve } from "./support/site.mjs";
import { DIST, launch } from "./support/stage.mjs";

const OUT = process.env.OUT ?? "docs/screens";
const WIDTHS = [[360, 740], [768, 1024], [1440, 900]];
const THEMES = ["light", "dark"];
/** All pictures together, in bytes: they lie in the repository. */
const MOST = 6_000_000;

const file = (screen, width, theme) => `${screen.name}-${width}-${theme}.png`;

/** A browser of its own at this size and in this theme, with a page on which this kind of person stands. */
async function person(browser, site, kind, [width, height], theme) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: theme, locale: "en", timezoneId: "UTC", reducedMotion: "reduce", serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.goto(site.url);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  if (kind === "a family") await bringFamily(page);
  return page;
}

async function take(browser, site) {
  let bytes = 0;
  for (const size of WIDTHS) {
    for (const theme of THEMES) {
      for (const kind of new Set(SCREENS.map((screen) => screen.for))) {
        const page = await person(browser, site, kind, size, theme);
        for (const screen of SCREENS.filter((one) => one.for === kind)) {
          await go(page, site.url, screen);
          const picture = fewColours(await page.screenshot({ animations: "disabled", caret: "hide" }));
          await writeFile(`${OUT}/${file(screen, size[0], theme)}`, picture);
          bytes += picture.length;
        }
        await page.context().close();
      }
    }
  }
  return bytes;
}

/** The pictures in a table a screen, as Markdown. */
function index() {
  const row = (screen, theme) => `| ${theme} | ${WIDTHS.map(([width]) => `![${screen.says}, ${width} px wide, ${theme}](${file(screen, width, theme)})`).join(" | ")} |`;
  const one = (screen) => [
    `## ${screen.says}`, "", `\`${screen.at}\``, "",
    `| | ${WIDTHS.map(([width]) => `${width} px`).join(" | ")} |`, `|---|${WIDTHS.map(() => "---|").join("")}`,
    ...THEMES.map((theme) => row(screen, theme)), "",
  ].join("\n");
  return `# Every screen\n\nMade by \`cargo xtask shots\` from a made family; the list of screens is \`tests/browser/support/screens.mjs\`.\n\n${SCREENS.map(one).join("\n")}`;
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const site = await serve(DIST);
const browser = await launch();
try {
  const bytes = await take(browser, site);
  await writeFile(`${OUT}/README.md`, index());
  const count = SCREENS.length * WIDTHS.length * THEMES.length;
  console.log(`${count} pictures of ${SCREENS.length} screens in ${OUT}: ${(bytes / 1e6).toFixed(1)} MB`);
  if (bytes > MOST) {
    console.error(`That is more than ${MOST / 1e6} MB. The mend: fewer widths or screens.`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await site.stop();
}
