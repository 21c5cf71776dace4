#!/usr/bin/env python3
"""Write a question bank and recorded answers for the questionnaire comparison.

`bank.csv` holds `item,a,b` and `people.csv` holds `person,theta,item,response`, one line for every
person and item. Standard library only; the same seed writes the same bytes.
"""
import argparse
import csv
import math
import pathlib
import random


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--persons", type=int, default=500)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.persons < 1 or options.items < 1:
        parser.error("--persons and --items must be at least 1")

    # One stream for the bank and one for the people: a longer list of people keeps the bank.
    bank_stream = random.Random(f"bank {options.seed}")
    people_stream = random.Random(f"people {options.seed}")
    # Rounded before the answers are drawn, so that what is written is what was simulated.
    bank = [
        (round(math.exp(0.3 * bank_stream.gauss(0, 1)), 6), round(bank_stream.gauss(0, 1.2), 6))
        for _ in range(options.items)
    ]
    options.folder.mkdir(parents=True, exist_ok=True)
    with open(options.folder / "bank.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["item", "a", "b"])
        rows.writerows([f"q{index + 1}", f"{a:.6f}", f"{b:.6f}"] for index, (a, b) in enumerate(bank))
    with open(options.folder / "people.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["person", "theta", "item", "response"])
        for person in range(options.persons):
            theta = round(people_stream.gauss(0, 1), 6)
            for index, (a, b) in enumerate(bank):
                passed = people_stream.random() < 1 / (1 + math.exp(-a * (theta - b)))
                rows.writerow([f"p{person + 1}", f"{theta:.6f}", f"q{index + 1}", int(passed)])


if __name__ == "__main__":
    main()
