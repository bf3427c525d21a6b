#!/usr/bin/env python3
"""Learn the weights of `briefing/clean/weigh.py`, and say how good they are on unseen sites.

    .venv/bin/python scripts/train_cleaner.py            # cross-validate, then write weights.json
    .venv/bin/python scripts/train_cleaner.py --dry      # cross-validate only

The pages are the scrapinghub article-extraction benchmark's (MIT) in ../shared/eval/pages. Nothing
of them is kept but the numbers. Each page is shown as a whole, as a selection from headline to
last paragraph, as that with eight lines more, and as its bare body; each of the four weighs alike,
as scores do, whatever its length.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.pasted import Page, f1, labels, pages, paste, precision_recall, selection
from briefing.clean import weigh
from briefing.clean.blocks import opened
from briefing.clean.repairs import repair

WEIGHTS = Path(weigh.__file__).with_name("weights.json")
FOLDS = 8
# Chosen from .01 to .3 by cross-validation: .05 is the middle of a flat top.
STRENGTH = 0.05
# Below this a weight moves no decision; leaving it out halves the file.
SMALLEST = 0.02
_ASKED: dict[int, tuple[list[list[str]], list[bool]]] = {}
MODES = ("whole", "selection", "more", "body")


def main() -> None:
    """Cross-validate and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="do not write the weights")
    dry = parser.parse_args().dry
    shown = [(p, mode, _show(p, mode)) for p in pages("scrapinghub") for mode in MODES]
    _cross_validate(shown)
    if not dry:
        _write(_fit(shown))


def _show(page: Page, mode: str) -> list[weigh.Weighed]:
    """Return the lines of a page as the cleaner weighs them."""
    whole = paste(page.markup)
    chosen = selection(whole, page.gold)
    if mode == "more":
        behind = whole[whole.find(chosen) + len(chosen) :]
        chosen += "\n".join(behind.split("\n")[:9])
    text = {"whole": whole, "body": page.gold}.get(mode, chosen)
    text, _, _ = repair(text)
    return [weigh.Weighed(line=m.line, role=m.role) for m in opened(text, zone="UTC")]


def _asked(page: Page, lines: list[weigh.Weighed]) -> tuple[list[list[str]], list[bool]]:
    """Return the answers and the truth of each line, kept from one fold to the next."""
    if id(lines) not in _ASKED:
        marks = labels([w.line.text for w in lines], page.gold)
        _ASKED[id(lines)] = (weigh.questions(lines)[0], marks)
    return _ASKED[id(lines)]


def _fit(shown: list[Any]) -> dict[str, float]:
    """Return the weight of each question."""
    rows, truth, sizes = [], [], []
    for page, _, lines in shown:
        answers, marks = _asked(page, lines)
        own = [min(w.line.text.count(" ") + 1, 40) for w in lines]
        total = max(sum(n for n, w in zip(own, lines, strict=True) if w.role is None), 60)
        for names, mark, size, line in zip(answers, marks, own, lines, strict=True):
            if line.role is None:
                rows.append(dict.fromkeys(names, 1))
                truth.append(mark)
                sizes.append(size / total * 60)
    table = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=0)
    matrix = table.fit_transform(rows)
    # liblinear takes 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype("i4"), matrix.indptr.astype("i4")
    model.fit(matrix, np.array(truth), sample_weight=np.array(sizes))
    found = dict(zip(table.get_feature_names_out(), model.coef_[0], strict=True))
    found["bias"] += float(model.intercept_[0])
    return {k: round(float(v), 3) for k, v in sorted(found.items()) if abs(v) >= SMALLEST}


def _cross_validate(shown: list[Any]) -> None:
    """Print precision, recall and F1 of pages whose site was not learnt from."""
    sites = [page.site for page, _, _ in shown]
    scores: dict[str, list[tuple[float, float]]] = {mode: [] for mode in MODES}
    for learn, check in GroupKFold(FOLDS).split(shown, groups=sites):
        weights = _fit([shown[i] for i in learn])
        with mock.patch.object(weigh, "_weights", lambda weights=weights: weights):
            for page, mode, lines in (shown[i] for i in check):
                body = weigh.is_body(lines)
                kept = (w.line.text for w, yes in zip(lines, body, strict=True) if yes)
                scores[mode].append(precision_recall("\n".join(kept), page.gold))
    for mode, found in scores.items():
        figures = "precision {:.4f} recall {:.4f} F1 {:.4f}".format(*f1(found))
        print(f"{mode:10} {figures}")


def _write(weights: dict[str, float]) -> None:
    """Write the weights with where they come from."""
    origin = (
        "scripts/train_cleaner.py on the 102 pages of 87 sites of the scrapinghub"
        " article-extraction benchmark (MIT) that are kept for development; numbers only, no text."
    )
    document = {"origin": origin, "weights": weights}
    WEIGHTS.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
