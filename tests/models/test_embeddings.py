"""MiniLM gives the vectors that its publisher's model gives, whatever it is given along with."""

from __future__ import annotations

import math
import threading
import time

import numpy as np

from ask_debbie.models.embeddings import DIMENSIONS, MAX_TOKENS, MiniLM

TEXTS = [
    "Designed a Kafka pipeline that cut costs by $30K a month.",
    "She plays the cello.",
    "Built infrastructure with Terraform on AWS.",
    "x",
]


def test_vectors_are_unit_length_and_near_in_meaning(minilm: MiniLM) -> None:
    vectors = minilm.vectors(TEXTS)
    assert vectors.shape == (4, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    query = np.array(minilm.embed_query("Which cloud tools does she know?"))
    assert int((vectors @ query).argmax()) == 2


def test_known_values(minilm: MiniLM) -> None:
    """Against the fp32 model of sentence-transformers, the int8 weights cost a hundredth of a cosine."""
    one, other, third = minilm.vectors(
        ["That is a happy person", "That is a very happy person", "Today is a sunny day"]
    )
    assert math.isclose(float(one @ other), 0.943, abs_tol=0.02)
    assert math.isclose(float(one @ third), 0.257, abs_tol=0.05)


def test_a_vector_depends_on_its_text_alone(minilm: MiniLM) -> None:
    together = minilm.embed_documents(TEXTS)
    assert together == [minilm.embed_query(text) for text in TEXTS]
    assert minilm.embed_documents(TEXTS[::-1]) == together[::-1]


def test_long_texts_are_cut_and_empty_ones_are_no_trouble(minilm: MiniLM) -> None:
    long = "python " * (MAX_TOKENS * 2)
    assert minilm.embed_query(long) == minilm.embed_query(long + "cello")
    assert len(minilm.embed_query("")) == DIMENSIONS
    assert minilm.embed_documents([]) == []
    assert minilm.vectors([]).shape == (0, DIMENSIONS)


def test_threads_share_one(minilm: MiniLM) -> None:
    fresh = MiniLM(minilm._model_path, minilm._tokenizer_path)
    expected = minilm.embed_documents(TEXTS)
    found: list[list[list[float]]] = []
    threads = [threading.Thread(target=lambda: found.append(fresh.embed_documents(TEXTS))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_a_query_takes_milliseconds(minilm: MiniLM) -> None:
    minilm.embed_query("warm")
    times = []
    for _ in range(20):
        start = time.perf_counter()
        minilm.embed_query("Which programming languages does she know best?")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05  # seconds; measured: 0.004


def test_name_tells_the_vectors_apart_from_others(minilm: MiniLM) -> None:
    assert minilm.name.startswith("all-minilm-l6-v2@8199be6f")
