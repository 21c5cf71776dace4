#!/usr/bin/env python3
"""An independent reference for the questionnaire: posterior on a fine grid, and rules for the next item.

    eap_reference.py --bank BANK --people PEOPLE     these recorded answers
    eap_reference.py --seeds 10 --persons 2000       fresh banks and people, one per seed

Needs numpy only. All people advance together; prior N(0,1); 2PL.
"""
import argparse
import json
import math
import pathlib
import time

import numpy as np

import recorded

GRID = np.linspace(-6, 6, 241)
PRIOR = np.exp(-GRID**2 / 2)
PRIOR /= PRIOR.sum()


class Bank:
    def __init__(self, items, grid=GRID, prior=PRIOR):
        self.a, self.b = np.array(items, dtype=float).T
        self.grid, self.prior = grid, prior
        # Rows are items, columns grid points.
        self.pass_ = 1 / (1 + np.exp(-self.a[:, None] * (grid[None, :] - self.b[:, None])))
        self.info = self.a[:, None] ** 2 * self.pass_ * (1 - self.pass_)
        self.entropy = -(self.pass_ * np.log(self.pass_) + (1 - self.pass_) * np.log1p(-self.pass_))

    def moments(self, posterior):
        mean = posterior @ self.grid
        return mean, posterior @ self.grid**2 - mean**2

    def information_at(self, theta):
        p = 1 / (1 + np.exp(-self.a * (theta[:, None] - self.b)))
        return self.a**2 * p * (1 - p)


def information_at_mean(bank, posterior, _asked, _left):
    """Fisher information at the posterior mean."""
    return bank.information_at(posterior @ bank.grid)


def information_at_mode(bank, posterior, _asked, _left):
    """Fisher information at the posterior mode."""
    return bank.information_at(bank.grid[posterior.argmax(1)])


def weighted_information(bank, posterior, _asked, _left):
    """Fisher information averaged over the posterior."""
    return posterior @ bank.info.T


def explained_variance(bank, posterior):
    """Variance minus expected variance after the answer, for every person and item."""
    passed = posterior @ bank.pass_.T
    mean = (posterior @ bank.grid)[:, None]
    moment = (posterior * bank.grid) @ bank.pass_.T
    # Cov(theta, answer)^2 / Var(answer): the drop in variance for a yes/no answer.
    return (moment - mean * passed) ** 2 / (passed * (1 - passed))


def expected_variance(bank, posterior, _asked, _left):
    """Least expected posterior variance (MEPV)."""
    return explained_variance(bank, posterior)


def mutual_information(bank, posterior, _asked, _left):
    """Expected Kullback-Leibler divergence from posterior to next posterior."""
    passed = posterior @ bank.pass_.T
    entropy = -(passed * np.log(passed) + (1 - passed) * np.log1p(-passed))
    return entropy - posterior @ bank.entropy.T


def posterior_kullback_leibler(bank, posterior, _asked, _left):
    """Divergence of the answer at the posterior mean from that at theta, averaged over the posterior."""
    mean = posterior @ bank.grid
    p = 1 / (1 + np.exp(-bank.a * (mean[:, None] - bank.b)))
    logit = np.log(bank.pass_) - np.log1p(-bank.pass_)
    mean_logit, mean_log_fail = posterior @ logit.T, posterior @ np.log1p(-bank.pass_).T
    return p * (np.log(p) - np.log1p(-p)) + np.log1p(-p) - p * mean_logit - mean_log_fail


def expected_information(bank, posterior, asked, _left):
    """Expected observed information after the answer (`mirt`'s "MEI"), the whole test's information
    at the next estimate, with the answer predicted at the present estimate."""
    mean = posterior @ bank.grid
    p_now = 1 / (1 + np.exp(-bank.a * (mean[:, None] - bank.b)))
    passed = posterior @ bank.pass_.T
    moment = (posterior * bank.grid) @ bank.pass_.T
    value = np.zeros_like(passed)
    for chance, estimate in (
        (p_now, moment / passed),
        (1 - p_now, (mean[:, None] - moment) / (1 - passed)),
    ):
        p = 1 / (1 + np.exp(-bank.a * (estimate - bank.b)))
        total = bank.a**2 * p * (1 - p)
        # Information of what was asked before, at each hypothetical estimate, read off the grid.
        before = asked.astype(float) @ bank.info
        position = np.clip((estimate - bank.grid[0]) / (bank.grid[1] - bank.grid[0]), 0, bank.grid.size - 1.001)
        low = position.astype(int)
        share = position - low
        rows = np.arange(len(posterior))[:, None]
        total += before[rows, low] * (1 - share) + before[rows, low + 1] * share
        value += chance * total
    return value


def two_ahead(bank, posterior, asked, left, width=12):
    """MEPV looking two answers ahead, over the `width` items that MEPV likes best now."""
    gain = explained_variance(bank, posterior)
    if left <= 1:
        return gain
    gain[asked] = -np.inf
    best = np.argpartition(-gain, width, axis=1)[:, :width]
    value = np.full_like(gain, -np.inf)
    rows = np.arange(len(posterior))
    for column in range(width):
        item = best[:, column]
        then = asked.copy()
        then[rows, item] = True
        later = np.zeros(len(posterior))
        for likelihood in (bank.pass_[item], 1 - bank.pass_[item]):
            joint = posterior * likelihood
            chance = joint.sum(1)
            next_gain = explained_variance(bank, joint / chance[:, None])
            next_gain[then] = -np.inf
            later += chance * next_gain.max(1)
        value[rows, item] = gain[rows, item] + later
    return value


RULES = {
    "information at mean": information_at_mean,
    "information at mode": information_at_mode,
    "weighted information": weighted_information,
    "expected variance": expected_variance,
    "mutual information": mutual_information,
    "posterior Kullback-Leibler": posterior_kullback_leibler,
    "expected information": expected_information,
    "expected variance, two ahead": two_ahead,
}


def run(bank, answers, rule, lengths):
    """The posterior of everyone after each length."""
    people = len(answers)
    rows = np.arange(people)
    posterior = np.tile(bank.prior, (people, 1))
    asked = np.zeros(answers.shape, dtype=bool)
    found = {}
    for step in range(1, lengths[-1] + 1):
        value = rule(bank, posterior, asked, lengths[-1] - step + 1)
        value[asked] = -np.inf
        item = value.argmax(1)
        asked[rows, item] = True
        likelihood = np.where(answers[rows, item][:, None] == 1, bank.pass_[item], 1 - bank.pass_[item])
        posterior = posterior * likelihood
        posterior /= posterior.sum(1, keepdims=True)
        if step in lengths:
            found[step] = posterior.copy()
    return found


def score(bank, posterior, theta):
    mean, variance = bank.moments(posterior)
    deviation = np.sqrt(variance)
    figures = recorded.summary(theta.tolist(), mean.tolist(), deviation.tolist(), None)
    del figures["ms_per_step"]
    cumulative = posterior.cumsum(1) - posterior / 2
    inside = [
        np.interp(0.025, c, bank.grid) <= t <= np.interp(0.975, c, bank.grid) for c, t in zip(cumulative, theta)
    ]
    figures["coverage95_quantiles"] = round(float(np.mean(inside)), 4)
    # What the RMSE would be without the luck of these answers.
    figures["expected_rmse"] = round(float(math.sqrt(variance.mean())), 4)
    median = np.array([np.interp(0.5, c, bank.grid) for c in cumulative])
    mode = bank.grid[posterior.argmax(1)]
    figures["rmse_of_median"] = round(float(math.sqrt(((median - theta) ** 2).mean())), 4)
    figures["rmse_of_mode"] = round(float(math.sqrt(((mode - theta) ** 2).mean())), 4)
    return figures


def simulate(seed, persons, items):
    random = np.random.default_rng(seed)
    a, b = np.exp(random.normal(0, 0.3, items)), random.normal(0, 1.2, items)
    theta = random.normal(0, 1, persons)
    p = 1 / (1 + np.exp(-a * (theta[:, None] - b)))
    return list(zip(a, b)), theta, (random.random(p.shape) < p).astype(int)


def self_check():
    """Rasch, b = -2..2, answers 1 1 1 0 0, prior N(0,1): mean and deviation known to seven digits."""
    bank = Bank([(1.0, float(b)) for b in range(-2, 3)])
    fails = np.array([1, 1, 1, 0, 0]) == 0
    posterior = bank.prior * np.where(fails[:, None], 1 - bank.pass_, bank.pass_).prod(0)
    mean, variance = bank.moments((posterior / posterior.sum())[None, :])
    assert abs(mean[0] - 0.2749683) < 1e-6 and abs(math.sqrt(variance[0]) - 0.7422249) < 1e-6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bank", type=pathlib.Path)
    parser.add_argument("--people", type=pathlib.Path)
    parser.add_argument("--lengths", default="5,10,20")
    parser.add_argument("--seeds", type=int, default=0, help="how many fresh banks, instead of recorded answers")
    parser.add_argument("--persons", type=int, default=2000, help="people for each fresh bank")
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--rules", default=",".join(rule for rule in RULES if rule != "expected variance, two ahead"),
                        help="names separated by ',' (a name's own comma is written ';'), or 'all'")
    parser.add_argument("--points", type=int, default=GRID.size, help="grid points on -6..6")
    options = parser.parse_args()
    self_check()
    lengths = sorted({int(length) for length in options.lengths.split(",")})
    rules = list(RULES) if options.rules == "all" else [name.replace(";", ",") for name in options.rules.split(",")]
    if options.seeds:
        sets = (simulate(seed, options.persons, options.items) for seed in range(1, options.seeds + 1))
    elif options.bank and options.people:
        items, theta, answers = recorded.read(options.bank, options.people)
        sets = iter([(items, np.array(theta), np.array(answers))])
    else:
        parser.error("give --bank and --people, or --seeds")
    grid = np.linspace(-6, 6, options.points)
    prior = np.exp(-grid**2 / 2)
    prior /= prior.sum()
    parts = {name: {length: [] for length in lengths} for name in rules}
    seconds = dict.fromkeys(rules, 0.0)
    for items, theta, answers in sets:
        bank = Bank(items, grid, prior)
        for name in rules:
            begin = time.perf_counter()
            found = run(bank, answers, RULES[name], lengths)
            seconds[name] += time.perf_counter() - begin
            for length, posterior in found.items():
                parts[name][length].append(score(bank, posterior, theta))
    report = {}
    for name in rules:
        report[name] = {}
        for length in lengths:
            many = parts[name][length]
            # Pooled over seeds: mean square for the RMSEs, mean for the rest.
            report[name][str(length)] = {
                key: round(
                    math.sqrt(sum(one[key] ** 2 for one in many) / len(many))
                    if "rmse" in key and key != "rmse_se"
                    else sum(one[key] for one in many) / len(many),
                    4,
                )
                for key in many[0]
            }
            if len(many) > 1:
                report[name][str(length)]["rmse_se"] = round(
                    math.sqrt(sum(one["rmse_se"] ** 2 for one in many)) / len(many), 4
                )
        report[name]["seconds"] = round(seconds[name], 2)
    print(json.dumps({"lengths": lengths, "grid_points": options.points, "rules": report}, indent=1))


if __name__ == "__main__":
    main()
