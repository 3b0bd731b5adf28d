"""`python -m tests.understanding.evaluate`: how well plain words are understood, with floors that must hold."""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from bot.domain.intent import Understood
from bot.understanding.phrases import load_phrases
from bot.understanding.reader import Reader
from tests.understanding.scoring import Line, Verdict, judge, read_lines, share

CONTENT = Path(__file__).parents[2] / "content" / "phrases"
SETS = Path(__file__).parent / "eval"
FLOORS = {"accuracy": 0.94, "hard": 0.90, "slots": 0.90, "languages": 0.95}
MOST_HARMFUL = 0
MOST_MILLISECONDS = 2.0
MOST_MEGABYTES = 40.0
WANTED_START_UP_MS, MOST_START_UP_MS = 150, 300


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one set."""

    accuracy: float
    hard: float
    slots: float
    languages: float
    harmful: int
    asked: float


def figures(verdicts: Sequence[Verdict]) -> Figures:
    """The figures of some verdicts."""
    return Figures(
        accuracy=share(v.right for v in verdicts),
        hard=share(v.right for v in verdicts if v.line.hard),
        slots=share(bool(v.slots_right) for v in verdicts if v.slots_right is not None),
        languages=share(v.right for v in verdicts if v.line.lang != "en"),
        harmful=sum(v.harmful for v in verdicts),
        asked=share(v.understood.asks_first for v in verdicts if not v.line.must_not),
    )


def shortfalls(found: Figures) -> list[str]:
    """The floors that do not hold."""
    measured = {name: getattr(found, name) for name in FLOORS}
    low = [f"{name} {value:.1%} < {FLOORS[name]:.0%}" for name, value in measured.items() if value < FLOORS[name]]
    return low + ([f"{found.harmful} harmful"] if found.harmful > MOST_HARMFUL else [])


def run(reader: Reader, lines: Iterable[Line]) -> tuple[list[Verdict], list[float]]:
    """Verdicts on lines, and how many milliseconds of processor time each took: a busy machine changes nothing."""
    verdicts, times = [], []
    for line in lines:
        began = time.process_time()
        understood: Understood = reader.read(line.text)
        times.append((time.process_time() - began) * 1000)
        verdicts.append(judge(line, understood))
    return verdicts, times


def start_up() -> tuple[Reader, float, float]:
    """A reader, the milliseconds of processor time it took to make, and the megabytes it holds."""
    took = min(_making() for _ in range(3))
    gc.collect()
    tracemalloc.start()
    reader = Reader(load_phrases(CONTENT))
    for greeting in (
        "hola",
        "नमस्ते",
        "привет",
        "hallo zusammen",
        "bonjour",
        "oi tudo bem",
        "apa kabar",
        "مرحبا",
        "你好",
    ):
        reader.read(greeting)
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return reader, took, held


def _making() -> float:
    began = time.process_time()
    Reader(load_phrases(CONTENT))
    return (time.process_time() - began) * 1000


def report(name: str, verdicts: Sequence[Verdict], times: Sequence[float], wrong: bool) -> list[str]:
    """Print the figures of a set; the floors it misses are the answer."""
    found = figures(verdicts)
    print(f"\n{name}: {len(verdicts)} lines")
    print(f"  accuracy {found.accuracy:.1%}   hard {found.hard:.1%}   slots {found.slots:.1%}", end="   ")
    print(f"other languages {found.languages:.1%}   harmful {found.harmful}   asked first {found.asked:.1%}")
    slow, speed = quantiles(times, n=100)[98], 1000 * len(times) / sum(times)
    print(f"  latency median {median(times):.2f} ms   p99 {slow:.2f} ms   {speed:.0f}/s")
    _print_languages(verdicts)
    _print_confusions(verdicts)
    for verdict in verdicts if wrong else ():
        _print_wrong(verdict)
    return shortfalls(found)


def _print_languages(verdicts: Sequence[Verdict]) -> None:
    languages = sorted({v.line.lang for v in verdicts})
    shares = {lang: share(v.right for v in verdicts if v.line.lang == lang) for lang in languages}
    print("  by language: " + "  ".join(f"{lang} {value:.0%}" for lang, value in shares.items()))


def _print_confusions(verdicts: Sequence[Verdict]) -> None:
    pairs = Counter((v.line.expect[0], v.understood.intents[0].name) for v in verdicts if not v.right)
    shown = ", ".join(f"{wanted}>{got} {count}" for (wanted, got), count in pairs.most_common(12))
    print(f"  confusions: {shown or 'none'}")


def _print_wrong(verdict: Verdict) -> None:
    if verdict.right and verdict.slots_right is not False:
        return
    got = [(intent.name, dict(intent.slots)) for intent in verdict.understood.intents]
    mark = "HARMFUL" if verdict.harmful else "slots" if verdict.right else "wrong"
    ask = "asks" if verdict.understood.asks_first else ""
    wanted = verdict.line.multi or verdict.line.expect
    print(f"    {mark}: {verdict.line.text!r} want {wanted} {dict(verdict.line.slots)}", end=" ")
    print(f"got {got} {verdict.understood.confidence} {ask}")


def main(arguments: Sequence[str]) -> int:
    """Measure the sets named (all but the tuning half by default); 1 when a floor does not hold."""
    names = [name for name in arguments if not name.startswith("-")] or [
        "test",
        "blind",
        "strangers",
        "messy",
        "messy_again",
        "onlooker",
        "passerby",
        "passerby_again",
    ]
    reader, took, held = start_up()
    missed = []
    for path in (Path(name) if name.endswith(".jsonl") else SETS / f"{name}.jsonl" for name in names):
        if path.exists():
            verdicts, times = run(reader, read_lines(path))
            missed += [f"{path.stem}: {fault}" for fault in report(path.stem, verdicts, times, "--wrong" in arguments)]
            missed += [f"{path.stem}: median {median(times):.2f} ms"] if median(times) > MOST_MILLISECONDS else []
    print(f"\nstart-up {took:.0f} ms   memory {held:.1f} MB")
    if took > WANTED_START_UP_MS:
        print(f"asked for and not reached: start-up within {WANTED_START_UP_MS} ms; twice that is a busy machine's")
    missed += [f"start-up {took:.0f} ms"] if took > MOST_START_UP_MS else []
    missed += [f"memory {held:.1f} MB"] if held > MOST_MEGABYTES else []
    print("floors: " + ("; ".join(missed) if missed else "all hold"))
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
