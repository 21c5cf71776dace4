#!/usr/bin/env python3
"""Run one Python peer on recorded answers; write its estimates, standard errors and times as JSON.

Only "choose the next item" and "take in the answer" are on the clock; making a session is not.
"""
import argparse
import json
import pathlib
import time
import warnings

import numpy as np

import recorded

WARM_UP = 5  # people whose time does not count


class Catsim:
    """No Bayesian estimator: maximum likelihood, Dodd's step while all answers are alike."""

    def __init__(self, items):
        from catsim import irt
        from catsim.estimation import NumericalSearchEstimator
        from catsim.item_bank import ItemBank
        from catsim.selection import MaxInfoSelector

        self.irt = irt
        self.bank = ItemBank(np.array([[a, b, 0.0, 1.0] for a, b in items]))
        self.selector, self.estimator = MaxInfoSelector(), NumericalSearchEstimator()

    def start(self, _answers):
        self.theta, self.given, self.answers = 0.0, [], []

    def choose(self):
        return int(self.selector.select(item_bank=self.bank, administered_items=self.given, est_theta=self.theta))

    def take(self, item, answer):
        self.given.append(item)
        self.answers.append(bool(answer))
        self.theta = float(
            self.estimator.estimate(
                item_bank=self.bank,
                administered_items=self.given,
                response_vector=self.answers,
                est_theta=self.theta,
            )
        )
        return self.theta, float(self.irt.see(self.theta, self.bank.get_items(self.given)))


class Mirt:
    """Its adaptive engine with EAP scoring on a normal prior."""

    def __init__(self, items, rule, points):
        from mirt.cat import CATEngine
        from mirt.models import TwoParameterLogistic

        model = TwoParameterLogistic(n_items=len(items))
        model.set_parameters(
            discrimination=np.array([a for a, _ in items]),
            difficulty=np.array([b for _, b in items]),
        )
        model._is_fitted = True  # the parameters are known; nothing is to be fitted
        self.engine = CATEngine(
            model,
            item_selection=rule,
            se_threshold=1e-6,  # never reached: the length ends a session here
            scoring_method="EAP",
            n_quadpts=points,
            seed=1,
        )

    def start(self, _answers):
        self.engine.reset()

    def choose(self):
        return int(self.engine.select_next_item())

    def take(self, _item, answer):
        # This also chooses the next item, which `choose` then only hands over.
        state = self.engine.administer_item(int(answer))
        return float(state.theta), float(state.standard_error)


class AdaptiveTesting:
    """Its test assembler with maximum information and a normal prior, scored by EAP or by the mode."""

    def __init__(self, items, estimator):
        from adaptivetesting import implementations, models
        from adaptivetesting.math import estimators, item_selection

        self.pool, self.items, self.assembler = models.ItemPool, items, implementations.TestAssembler
        self.estimator, self.prior = getattr(estimators, estimator), estimators.NormalPrior(0, 1)
        self.rule = item_selection.maximum_information_criterion

    def start(self, answers):
        pool = self.pool.load_from_list(
            a=[a for a, _ in self.items], b=[b for _, b in self.items], simulated_responses=list(answers)
        )
        self.test = self.assembler(
            pool,
            "peers",
            "person",
            self.estimator,
            estimator_args={"prior": self.prior, "optimization_interval": (-10, 10)},
            item_selector=self.rule,
        )

    def choose(self):
        # Choosing and scoring are one call there.
        self.test.run_test_once()

    def take(self, _item, _answer):
        return float(self.test.ability_level), float(self.test.standard_error)


PEERS = {
    "catsim": Catsim,
    "adaptivetesting": lambda items: AdaptiveTesting(items, "ExpectedAPosteriori"),
    "adaptivetesting-mode": lambda items: AdaptiveTesting(items, "BayesModal"),
    "mirt": lambda items: Mirt(items, "MFI", 21),
    "mirt-fine-grid": lambda items: Mirt(items, "MFI", 61),
    "mirt-expected-information": lambda items: Mirt(items, "MEI", 61),
    "mirt-kullback-leibler": lambda items: Mirt(items, "KL", 61),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("bank", type=pathlib.Path)
    parser.add_argument("people", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--lengths", default="5,10,20")
    options = parser.parse_args()
    lengths = sorted({int(length) for length in options.lengths.split(",")})
    items, _, answers = recorded.read(options.bank, options.people)
    peer = PEERS[options.peer](items)
    kept = {str(length): {"estimates": [], "errors": [], "seconds": []} for length in lengths}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for person, row in enumerate(answers):
            peer.start(row)
            spent = 0.0
            for step in range(1, lengths[-1] + 1):
                begin = time.perf_counter()
                item = peer.choose()
                estimate, error = peer.take(item, None if item is None else row[item])
                spent += time.perf_counter() - begin
                if step in lengths:
                    at = kept[str(step)]
                    at["estimates"].append(estimate)
                    at["errors"].append(error)
                    if person >= WARM_UP or len(answers) <= WARM_UP:
                        at["seconds"].append(spent / step)
    options.output.write_text(json.dumps(kept), encoding="utf-8")


if __name__ == "__main__":
    main()
