#!/usr/bin/env python3
"""Put the peers' results, and `lab intake`'s if there are any, into one JSON object."""
import argparse
import json
import pathlib
import statistics
import sys

import recorded

PACKAGES = ("catsim", "adaptivetesting", "mirt", "jscat")
RMSE_RATIO, JSCAT_TIME_RATIO, COVERAGE = 1.02, 1 / 20, (0.93, 0.97)


def lab_lengths(value, found=None, key=None):
    """`{length: figures}` from what `lab intake --json` prints: every object with an `rmse`, filed
    under its own `length` or, failing that, under the number that is its key."""
    found = {} if found is None else found
    if isinstance(value, list):
        for entry in value:
            lab_lengths(entry, found)
    elif isinstance(value, dict):
        length = value.get("length", key)
        if "rmse" in value and str(length).isdigit():
            pick = lambda *names: next((value[name] for name in names if name in value), None)
            found[int(length)] = {
                "rmse": value["rmse"],
                "bias": value.get("bias"),
                "coverage95": pick("coverage95", "coverage_95", "coverage"),
                "ms_per_step": pick("ms_per_step", "milliseconds_per_step"),
            }
        else:
            for name, entry in value.items():
                lab_lengths(entry, found, name)
    return found


def compare(lab, peers, length):
    """The questionnaire against the best peer at one length; what cannot be judged is null."""
    of_jscat = [name for name in peers if name.startswith("jscat")]
    others = [name for name in peers if not name.startswith("jscat")]
    at = lambda name: peers[name][str(length)]
    best = min(peers, key=lambda name: at(name)["rmse"])
    time, coverage = lab["ms_per_step"], lab["coverage95"]

    def fastest(names):
        name = min(names, key=lambda one: at(one)["ms_per_step"], default=None)
        return (name, at(name)["ms_per_step"]) if name and time is not None else (name, None)

    (jscat, jscat_time), (other, other_time) = fastest(of_jscat), fastest(others)
    ratio = lab["rmse"] / at(best)["rmse"]
    return {
        "best_peer": best,
        "rmse_to_best_peer": round(ratio, 4),
        "rmse_met": ratio <= RMSE_RATIO,
        "coverage_met": None if coverage is None else COVERAGE[0] <= coverage <= COVERAGE[1],
        "time_to_jscat": jscat_time and round(time / jscat_time, 6),
        "time_to_jscat_met": jscat_time and time / jscat_time <= JSCAT_TIME_RATIO,
        "fastest_other": other,
        "time_to_fastest_other": other_time and round(time / other_time, 6),
        "time_to_fastest_other_met": other_time and time < other_time,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=pathlib.Path)
    parser.add_argument("people", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path, help="folder with NAME.json for each peer")
    parser.add_argument("--versions", type=pathlib.Path)
    parser.add_argument("--peers", required=True, help="which peers, separated by spaces")
    parser.add_argument("--lengths", default="5,10,20")
    parser.add_argument("--lab", type=pathlib.Path, help="what `lab intake --json` printed")
    parser.add_argument("--strict", action="store_true", help="fail unless every target is met")
    options = parser.parse_args()
    lengths = sorted({int(length) for length in options.lengths.split(",")})
    items, abilities, _ = recorded.read(options.bank, options.people)

    peers = {}
    for name in options.peers.split():
        kept = json.loads((options.results / f"{name}.json").read_text(encoding="utf-8"))
        peers[name] = {
            # The median over people: one that met a busy machine does not count for the others.
            str(length): recorded.summary(abilities, at["estimates"], at["errors"], statistics.median(at["seconds"]))
            for length in lengths
            for at in [kept[str(length)]]
        }
    report = {"persons": len(abilities), "items": len(items), "lengths": lengths, "peers": peers}
    if options.versions:
        report["versions"] = json.loads(options.versions.read_text(encoding="utf-8"))
    met = True
    if options.lab:
        lab = lab_lengths(json.loads(options.lab.read_text(encoding="utf-8")))
        missing = [length for length in lengths if length not in lab]
        if missing:
            sys.exit(f"lab intake printed no figures for lengths {missing}")
        report["lab"] = {str(length): lab[length] for length in lengths}
        report["comparison"] = {str(length): compare(lab[length], peers, length) for length in lengths}
        wanted = [
            value
            for length in lengths
            for name, value in report["comparison"][str(length)].items()
            if name.endswith("_met")
        ]
        met = all(value is True for value in wanted)
        complete = all(any(name.startswith(package) for name in peers) for package in PACKAGES)
        report["all_packages_ran"], report["met"] = complete, met and complete
    print(json.dumps(report, indent=1))
    if options.strict and not report.get("met", False):
        sys.exit(1)


if __name__ == "__main__":
    main()
