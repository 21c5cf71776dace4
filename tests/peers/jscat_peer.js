#!/usr/bin/env node
// Run jsCAT on recorded answers; write its estimates, standard errors and times as JSON.
// Only "choose the next item" and "take in the answer" are on the clock.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const [modules, copying, bankPath, peoplePath, outputPath, lengthList = "5,10,20"] = process.argv.slice(2);
if (!outputPath || !["copy", "no-copy"].includes(copying)) {
  console.error("usage: jscat_peer.js MODULES copy|no-copy BANK PEOPLE OUTPUT [LENGTHS]");
  process.exit(2);
}
const { Cat } = require(path.resolve(modules, "@bdelab/jscat"));
const WARM_UP = 5; // people whose time does not count

const rows = (file) => fs.readFileSync(file, "utf8").trim().split("\n").slice(1).map((line) => line.split(","));
const stimuli = rows(bankPath).map(([item, a, b]) => ({
  item,
  discrimination: Number(a),
  difficulty: Number(b),
  guessing: 0,
  slipping: 1,
}));
const people = new Map();
for (const [person, , item, response] of rows(peoplePath)) {
  if (!people.has(person)) people.set(person, new Map());
  people.get(person).set(item, Number(response));
}
const lengths = lengthList.split(",").map(Number).sort((x, y) => x - y);
const kept = Object.fromEntries(lengths.map((length) => [length, { estimates: [], errors: [], seconds: [] }]));

let index = 0;
for (const answers of people.values()) {
  const cat = new Cat({
    method: "EAP",
    itemSelect: "MFI",
    priorDist: "norm",
    priorPar: [0, 1],
    minTheta: -6,
    maxTheta: 6,
    randomSeed: "peers",
  });
  let remaining = stimuli;
  let spent = 0;
  for (let step = 1; step <= lengths.at(-1); step += 1) {
    const begin = process.hrtime.bigint();
    const found = cat.findNextItem(remaining, "MFI", copying === "copy");
    const zeta = {
      a: found.nextStimulus.discrimination,
      b: found.nextStimulus.difficulty,
      c: found.nextStimulus.guessing,
      d: found.nextStimulus.slipping,
    };
    cat.updateAbilityEstimate(zeta, answers.get(found.nextStimulus.item));
    spent += Number(process.hrtime.bigint() - begin) / 1e9;
    remaining = found.remainingStimuli;
    if (step in kept) {
      kept[step].estimates.push(cat.theta);
      kept[step].errors.push(cat.seMeasurement);
      if (index >= WARM_UP || people.size <= WARM_UP) kept[step].seconds.push(spent / step);
    }
  }
  index += 1;
}
fs.writeFileSync(outputPath, JSON.stringify(kept));
