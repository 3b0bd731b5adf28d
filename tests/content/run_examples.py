"""Runs every example of the study notes: `python tests/content/run_examples.py [PATH ...]`.

Needs the standard library, PyYAML and whatever the notes' examples import; JavaScript, JSX and CSS need node.
Prints one line a failing block, then `N passed, M failed`, and ends with 1 when anything failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # started as a script, python knows this folder and not the checkout
    sys.path.insert(0, str(ROOT))

from tests.content.examples.example import Example, Verdict, read_examples  # noqa: E402 - after the path is set
from tests.content.examples.known_lines import read_known  # noqa: E402
from tests.content.examples.markup import inner_code  # noqa: E402
from tests.content.examples.node import LANGUAGES, node_problems  # noqa: E402
from tests.content.examples.parsers import parse_problem, parses  # noqa: E402
from tests.content.examples.python_blocks import check_python  # noqa: E402
from tests.content.examples.quiz_code import check_quiz  # noqa: E402
from tests.content.examples.sql_blocks import check_sql  # noqa: E402

PROCESSES = 2


def files_to_check(named: Sequence[str]) -> list[Path]:
    """Notes and quizzes among the named files and folders; all of the content when nothing is named."""
    if named:
        return sorted({file for name in named for file in _expand(Path(name))})
    projects = (ROOT / "content/roadmaps").glob("*/projects/*.md")
    known = (ROOT / "content/answers/known").glob("*.yaml")
    return sorted({*_expand(ROOT / "content/topics"), *projects, *known})


def _expand(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = (*path.rglob("*.md"), *path.rglob("*.quiz.yaml"))
        yield from (file for file in found if file.name != "README.md")
        return
    yield path
    quiz = path.with_suffix(".quiz.yaml")
    if path.suffix == ".md" and quiz.exists():
        yield quiz


def check_file(path: Path) -> list[Example | Verdict]:
    """Verdicts for one note or quiz, and the examples that node has still to parse."""
    if not path.is_file():
        return [Verdict(path, 1, "there is no such file")]
    if path.name.endswith(".quiz.yaml"):
        return list(_sorted_out(list(check_quiz(path))))
    if path.parent.name == "known":
        return list(_sorted_out(list(read_known(path))))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return [Verdict(path, 1, f"not UTF-8: {error}")]
    return list(_sorted_out(list(read_examples(path, text))))


def _sorted_out(found: Sequence[Example | Verdict]) -> Iterator[Example | Verdict]:
    examples = [item for item in found if isinstance(item, Example)]
    yield from (item for item in found if isinstance(item, Verdict))
    yield from check_python([e for e in examples if e.language == "python" or e.file])
    yield from check_sql([e for e in examples if e.language == "sql" and not e.file])
    for example in examples:
        if parses(example.language):
            yield example.verdict(parse_problem(example.language, example.code))
        if example.language in LANGUAGES:
            yield example
        if example.language == "html":
            yield from (Example(example.path, example.line, *inner) for inner in inner_code(example.code))


def check_all(paths: Iterable[Path]) -> list[Verdict]:
    """Every verdict, with two files in work at a time and all of node's parsing in one call."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        found = [item for items in pool.map(check_file, paths) for item in items]
    waiting = [item for item in found if isinstance(item, Example)]
    problems = node_problems([(example.language, example.code) for example in waiting])
    verdicts = [item for item in found if isinstance(item, Verdict)]
    return verdicts + [e.verdict(problem) for e, problem in zip(waiting, problems, strict=True)]


def main(named: Sequence[str]) -> int:
    """Check, report, and say whether all is well: 0, or 1."""
    verdicts = check_all(files_to_check(named))
    failed = sorted((v for v in verdicts if v.problem), key=lambda v: (v.path, v.line))
    for verdict in failed:
        print(verdict)
    print(f"{len(verdicts) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
