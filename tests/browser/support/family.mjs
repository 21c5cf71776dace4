// A made family with a history of twelve weeks, always the same: for pictures of the screens and for tests that need somebody who is not new.

/** The moment at which pictures are taken: a Wednesday afternoon. */
export const NOW = "2026-06-17T16:30:00Z";

const DAY = 86_400_000;
const TODAY = Math.floor(Date.parse(NOW) / DAY);

/** What Mia did: activity, grade, and what it asked, in logits. */
const DONE = [
  ["snip-and-cut", "3", [["fine-motor", 3.5], ["visual-motor", 2.2], ["hand-eye", 3.1]]],
  ["shadow-theatre", "1", [["body-awareness", 2.9], ["motor-planning", 3.6]]],
  ["two-boxes", "3", [["executive", 2.9], ["cognition", 3.7]]],
  ["get-dressed", "4", [["self-care", 3.7], ["gross-motor", -1.4], ["body-awareness", 2]]],
  ["catch-a-ball", "2", [["gross-motor", 3.2], ["hand-eye", 3.4]]],
  ["picture-from-scraps", "1~help.reminder", [["fine-motor", 3.6], ["hand-eye", 3.2]]],
];

/** How it goes: growing, with a hard day now and then. */
const LEVELS = ["lot-of-help", "little-help", "little-help", "not-this-time", "by-themselves", "little-help", "by-themselves", "easily"];
const ENJOYED = ["loved", "fine", null, "not-today", "loved"];
const NOTES = { 7: "She wanted to show Grandma at once.", 19: "Thicker paper worked better." };

const report = (index, on) => {
  const [activity, grade, asked] = DONE[index % DONE.length];
  return {
    reported: {
      activity, grade, asked, spread: 0.5, expected: 0.75,
      level: LEVELS[(index + Math.floor(index / LEVELS.length)) % LEVELS.length],
      enjoyed: ENJOYED[index % ENJOYED.length],
      note: NOTES[index] ?? null,
      on,
    },
  };
};

const answer = (question, area, at, answered, on) => ({ answered: { question, area, at, spread: 0.5, answer: answered, on } });

const child = (id, nickname, age, more) => ({
  id, nickname, age, age_on: TODAY - 84, mouthing: false, allergens: [], limits: [], senses: [], declined: [], saved: [], plan: [], history: [], ...more,
});

const MIA = child(1, "Mia", 49, {
  allergens: ["nuts"],
  senses: [["touch", "fine"], ["sound", "avoids"], ["movement", "looks-for"]],
  declined: [{ activity: "knead-and-pat", reason: "no-things", on: TODAY - 12 }],
  saved: ["hopscotch", "snip-and-cut"],
  plan: [["catch-a-ball", -1], ["hopscotch", 0], ["shadow-theatre", 1], ["set-the-table", 2]].map(([activity, days]) => ({ activity, on: TODAY + days })),
  history: [
    answer("lid-off", "fine-motor", 0, "alone", TODAY - 84),
    answer("beads-on-lace", "fine-motor", 2, "reminder", TODAY - 84),
    ...Array.from({ length: 36 }, (_, index) => report(index, TODAY - 83 + Math.floor((index * 82) / 36))),
  ],
});
const LEO = child(2, "Leo", 81, { history: [report(2, TODAY - 20), report(4, TODAY - 6)] });

/** The family as a file to import; `otherwise` is what is different about it. */
export const familyFile = (otherwise = {}) => JSON.stringify({
  format: "just-right",
  version: 3,
  family: {
    children: [MIA, LEO], active: 1, theme: "device", mood: "just-right",
    circumstances: { minutes: null, place: null, company: null, mess: null, energy: null, missing: [] },
    language: null, text_size: "usual", motion: "device", sounds: false, exported: TODAY - 3,
    ...otherwise,
  },
});
