"""Reading the bank and the recorded answers, and the figures of one run; standard library only."""
import csv
import math


def read(bank_path, people_path):
    """The item parameters `(a, b)`, the abilities and the answers by person, all in file order."""
    with open(bank_path, newline="", encoding="utf-8") as file:
        items = {row["item"]: (float(row["a"]), float(row["b"])) for row in csv.DictReader(file)}
    column = {item: index for index, item in enumerate(items)}
    abilities, answers = {}, {}
    with open(people_path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            abilities[row["person"]] = float(row["theta"])
            answers.setdefault(row["person"], [None] * len(items))[column[row["item"]]] = int(row["response"])
    if any(None in row for row in answers.values()):
        raise ValueError("every person needs an answer to every item")
    return list(items.values()), list(abilities.values()), list(answers.values())


def summary(abilities, estimates, errors, step_seconds):
    """RMSE with its standard error, bias, coverage of estimate +- 1.96 errors, and time per step."""
    count = len(abilities)
    misses = [estimate - ability for estimate, ability in zip(estimates, abilities, strict=True)]
    squares = [miss * miss for miss in misses]
    mean_square = sum(squares) / count
    rmse = math.sqrt(mean_square)
    spread = sum((square - mean_square) ** 2 for square in squares) / max(count - 1, 1)
    figures = {
        "rmse": round(rmse, 4),
        "rmse_se": round(math.sqrt(spread / count) / (2 * rmse), 4) if rmse else None,
        "bias": round(sum(misses) / count, 4),
        "coverage95": None,
        "ms_per_step": None,
    }
    if errors is not None:
        inside = sum(abs(miss) <= 1.959964 * error for miss, error in zip(misses, errors, strict=True))
        figures["coverage95"] = round(inside / count, 4)
    if step_seconds is not None:
        figures["ms_per_step"] = round(1000 * step_seconds, 5)
    return figures
