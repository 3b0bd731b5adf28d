"""The runner of the notes' examples: what is right passes, and each way of being wrong is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.content.run_examples import check_all, files_to_check, main

pytestmark = pytest.mark.examples

FENCE = "```"


def block(mark: str, code: str) -> str:
    return f"{FENCE}{mark}\n{code}\n{FENCE}\n"


def problems(folder: Path, text: str) -> list[str]:
    """Line and problem of each failing block of a note."""
    path = folder / "note.md"
    path.write_text(text, encoding="utf-8")
    return [f"{verdict.line}: {verdict.problem}" for verdict in check_all([path]) if verdict.problem]


def quiz_problems(folder: Path, text: str) -> list[str]:
    path = folder / "note.quiz.yaml"
    path.write_text(text, encoding="utf-8")
    return [f"{verdict.line}: {verdict.problem}" for verdict in check_all([path]) if verdict.problem]


PICKLED = "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)"
CHILD = "import subprocess\nprint(1)\nsubprocess.run(['echo', '2'])\nprint(3)"
TRACEBACK = "Traceback (most recent call last):\nValueError: invalid literal for int() with base 10: 'x'"
TABLE = "create table t (a, b); insert into t values (1, null), (2, 'x;y');\nselect * from t;"
DOCKERFILE = """\
ARG V=1
FROM python:${V} AS base
RUN pip install x && \\
  # a note between
  rm y
RUN <<EOF
no instruction
EOF
RUN [ -f x ] || true
COPY . .
CMD ["python", "a.py"]"""

RIGHT = {
    "blocks share names like a notebook": block("python", "x = 2") + block("python", "print(x)") + block("output", "2"),
    "spaces at the ends of lines do not count": block("python", "print('a ')\nprint()") + block("output", "a"),
    "what child processes print counts, in order": block("python", CHILD) + block("output", "1\n2\n3"),
    "an error that is awaited": block("python raises", "print('before')\nint('x')") + block("output", TRACEBACK),
    "a note goes on after an error that is awaited": block("python raises", "1/0")
    + block("output", "ZeroDivisionError: division by zero") + block("python", "print(1)") + block("output", "1"),
    "a syntax error is awaited": block("python raises", "def f(:") + block("output", "SyntaxError: invalid syntax"),
    "leaving the program is awaited": block("python raises", "raise SystemExit(2)") + block("output", "SystemExit: 2"),
    "files are written and imported": block("python file=pkg/app.py", "X = 42") + block("text file=a.csv", "a,b")
    + block("python", "from pkg.app import X\nprint(X, open('a.csv').read())") + block("output", "42 a,b"),
    "classes can be pickled": block("python", PICKLED) + block("output", "A"),
    "what is not run is parsed": block("python no-run", "import torch\nraise SystemExit"),
    "there is no network": block("python raises", "import socket\nsocket.create_connection(('example.org', 80))")
    + block("output", "socket.gaierror: [Errno -2] Name or service not known"),
    "warnings are no errors": block("python", "import warnings\nwarnings.warn('x')"),
    "rows of a table": block("sql", TABLE) + block("output", "1 | NULL\n2 | x;y")
    + block("sql", "-- the same base\nselect count(*) as n from t") + block("output", "n\n2"),
    "sql that fails as awaited": block("sql raises", "select x;") + block("output", "Error: no such column: x"),
    "json": block("json", '{"a": 1}'),
    "yaml": block("yaml", "a: 1\n---\nb: !Ref c"),
    "toml": block("toml", "a = 1"),
    "ini": block("ini", "[a]\nb = %(c)s"),
    "bash": block("bash", "if true; then echo $X; fi"),
    "html": block("html", "<ul><li>a<br></li></ul>"),
    "svg": block("html", '<svg><path d="M0"/></svg><script>const a = 1;</script><style>a { color: red }</style>'),
    "dockerfile": block("dockerfile", DOCKERFILE),
    "text": block("text", "anything"),
    "javascript": block("javascript", "import a from 'b';\nexport const x = await a();"),
    "jsx": block("jsx", "export default () => <div className='a'>{1}</div>;"),
    "css": block("css", "@media (max-width: 9px) { a { color: red } }"),
    "a fence inside a fence": "````text\n```python\n1 +\n```\n````\n",
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_right_examples_pass(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == []


WRONG = [
    (block("python", "print(1)") + block("output", "2"), "1: expected '2', got '1'"),
    (block("python", "x = 1\n\n1/0"), "1: raised `ZeroDivisionError: division by zero` at line 4"),
    (block("python", "x = ("), "1: does not parse: '(' was never closed, at line 2"),
    (block("python no-run", "x = ("), "1: does not parse"),
    (block("python file=a.py", "x = ("), "1: does not parse"),
    (block("python file=a.py", "return 1"), "1: does not parse: 'return' outside function"),
    (block("python raises", "x = 1") + block("output", "E"), "1: marked `raises`, but nothing was raised"),
    (
        block("python raises", "1/0"),
        "1: add an `output` block whose last line is 'ZeroDivisionError: division by zero'",
    ),
    (block("python raises", "1/0") + block("output", "KeyError: 1"), "1: expected the error 'KeyError: 1', got 'Zero"),
    (block("python", "import os\nos._exit(3)"), "1: the process ended with 3"),
    (block("python", "input()"), "1: raised `EOFError"),
    (block("output", "1"), "1: this `output` follows no block that runs; mark it `text`"),
    (block("python no-run", "x = 1") + block("output", "1"), "4: this `output` follows no block that runs"),
    (block("bash", "ls") + block("output", "1"), "4: this `output` follows no block that runs"),
    (block("python file=../a.py", "x = 1"), "1: `file=../a.py` must name a file inside"),
    (block("python file=/a.py", "x = 1"), "1: `file=/a.py` must name a file inside"),
    (block("python norun", "x = 1"), "1: `norun` means nothing after `python`"),
    (block("sh", "ls"), "1: `sh` is no kind of block the notes know"),
    (block("", "ls"), "1: `(nothing)` is no kind of block"),
    ("text\n```python\nx = 1\n", "2: the block is never closed"),
    ("- a\n\n    ```python\n    1/0\n    ```\n", "3: the fence is indented"),
    (block("sql", "selct 1;"), '1: SQLite says `near "selct": syntax error`'),
    (block("sql", "select 1;") + block("output", "2"), "1: expected '2', got '1\\n1'"),
    (block("sql raises", "select 1;") + block("output", "x"), "1: marked `raises`, but nothing was raised"),
    (
        block("sql raises", "select x;") + block("output", "no y"),
        "1: expected the error 'no y', got 'no such column: x'",
    ),
    (block("json", "{'a': 1}"), "1: not JSON"),
    (block("yaml", "a: [1"), "1: not YAML"),
    (block("toml", "a = "), "1: not TOML"),
    (block("ini", "a = 1"), "1: not an INI file"),
    (block("bash", "if true"), "1: not bash"),
    (block("bash", "$ ls"), "1: leave the prompt out"),
    (block("html", "<ul><li>a</ul>"), "1: </ul> in line 1 of the block, where </li> is awaited"),
    (block("html", "<p>a"), "1: <p> in line 1 of the block is never closed"),
    (block("html", "</p>"), "1: </p> in line 1 of the block, where nothing is awaited"),
    (block("html", "<div/>"), "1: <div /> does not close itself"),
    (block("html", '<p class="a" class="b"></p>'), "1: <p> has class twice"),
    (block("html", "<script>\nlet = ;</script>"), "1: "),
    (block("dockerfile", "RUN x"), "1: line 1 of the block: RUN before FROM"),
    (block("dockerfile", "# nothing"), "1: no FROM"),
    (block("dockerfile", "FROM a\nINSTALL x"), "1: line 2 of the block: `INSTALL` is no Dockerfile instruction"),
    (block("dockerfile", "FROM a\nCMD ['x']"), "1: line 2 of the block: CMD ['x'] is not a JSON list"),
    (block("dockerfile", "FROM a\nCMD [1]"), "1: line 2 of the block: CMD takes a list of strings"),
    (block("dockerfile", "FROM a\nCOPY ."), "1: line 2 of the block: COPY needs at least 2"),
    (block("dockerfile", "FROM a b"), "1: line 1 of the block: FROM takes an image"),
    (block("dockerfile", "FROM a\nSHELL bash"), "1: line 2 of the block: SHELL takes a JSON list"),
    (block("javascript", "let a = 1;\nconst b = ;"), '1: Unexpected ";", in line 2 of the block'),
    (block("javascript", "let a; let a;"), "1: "),
    (block("jsx", "<div></span>"), "1: Unexpected closing"),
    (block("css", "a { colr: red }"), '1: "colr" is not a known CSS property'),
    (block("css", "a { color: red"), "1: Expected"),
]


@pytest.mark.parametrize(("text", "says"), WRONG, ids=[says[:40] for _, says in WRONG])
def test_wrong_examples_are_found_with_their_line(tmp_path: Path, text: str, says: str) -> None:
    found = problems(tmp_path, text)

    assert len(found) == 1
    assert found[0].startswith(says)


def test_the_blocks_after_one_that_stops_count_as_failed(tmp_path: Path) -> None:
    text = block("python", "1/0") + block("python", "print(1)") + block("json", "{}")

    assert problems(tmp_path, text)[1] == "4: not reached, because an earlier block of this note stops"


def test_notes_do_not_see_each_others_names(tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text(block("python", "x = 1"))
    second.write_text(block("python", "print(x)"))

    assert [bool(verdict.problem) for verdict in check_all([first, second])] == [False, True]


OUTPUT_ITEM = """\
- id: note-1
  kind: output
  code: |
    {code}
  options:
    - text: {right}
      right: true
    - text: other
"""


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("print(1)", "1"),
        ("print(1.50)", '"1.5"'),
        ("print(True)", "True"),
        ("print('a', end=' ')", "a"),
        ("int('x')", "ValueError"),
        ("{}['k']", "\"KeyError: 'k'\""),
    ],
)
def test_an_output_item_passes_when_its_right_option_is_what_the_code_prints(
    tmp_path: Path, code: str, right: str
) -> None:
    assert quiz_problems(tmp_path, OUTPUT_ITEM.format(code=code, right=right)) == []


@pytest.mark.parametrize(
    ("code", "right", "says"),
    [
        ("print(1)", "2", "1: the right option says '2', the code gives '1'"),
        ("print(2.0)", "2", "1: the right option says '2', the code gives '2.0'"),
        ("1/0", "1", "1: the right option says '1', the code gives 'ZeroDivisionError: division by zero'"),
        ("print(1", "1", "1: the right option says '1', the code gives \"SyntaxError: '(' was never closed\""),
    ],
)
def test_an_output_item_with_another_right_option_is_found(tmp_path: Path, code: str, right: str, says: str) -> None:
    assert quiz_problems(tmp_path, OUTPUT_ITEM.format(code=code, right=right)) == [says]


def test_an_output_item_in_another_language_is_run_as_well(tmp_path: Path) -> None:
    item = OUTPUT_ITEM.replace("kind: output", "kind: output\n  language: {language}")
    right = item.format(language="javascript", code="console.log(1 + '1')", right="11")
    wrong = item.format(language="javascript", code="console.log(1 + '1')", right="2")
    table = item.format(language="sql", code="select 1 as a, 2 as b;", right="1 | 2")

    assert quiz_problems(tmp_path, right + table + wrong) == ["19: the right option says '2', the code gives '11'"]


def test_each_item_starts_without_the_names_of_the_others(tmp_path: Path) -> None:
    first = OUTPUT_ITEM.format(code="x = 1; print(x)", right="1")
    second = OUTPUT_ITEM.format(code="print(x)", right="NameError")

    assert quiz_problems(tmp_path, first + second) == []


def test_a_bug_items_code_must_parse_in_its_language(tmp_path: Path) -> None:
    item = "- id: note-1\n  kind: bug\n{language}  code: |\n    {code}\n"
    python = item.format(language="", code="x = 1 +")
    text = item.format(language="  language: text\n", code="x = 1 +")
    jsx = item.format(language="  language: jsx\n", code="<a></b>")

    found = quiz_problems(tmp_path, python + text + jsx)

    assert [problem.partition(":")[0] for problem in found] == ["1", "10"]


def test_a_file_that_is_no_quiz_is_told(tmp_path: Path) -> None:
    assert quiz_problems(tmp_path, "a: 1")[0].startswith("1: not a quiz")
    assert quiz_problems(tmp_path, "- [")[0].startswith("1: not a quiz")


def test_without_node_its_languages_fail_and_are_not_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert problems(tmp_path, block("javascript", "let a")) == ["1: node is not installed; install Node.js 20 or newer"]


def test_a_note_brings_its_quiz_and_a_folder_everything_but_its_readme(tmp_path: Path) -> None:
    for name in ("a.md", "a.quiz.yaml", "b.md", "README.md"):
        (tmp_path / name).touch()

    assert files_to_check([str(tmp_path / "a.md")]) == [tmp_path / "a.md", tmp_path / "a.quiz.yaml"]
    assert files_to_check([str(tmp_path)]) == [tmp_path / "a.md", tmp_path / "a.quiz.yaml", tmp_path / "b.md"]
    assert any(path.parent.parent.name == "topics" for path in files_to_check([]))


def test_the_report_ends_with_the_count_and_the_exit_code_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.md"
    note.write_text(block("json", "{}") + block("json", "{"))

    assert main([str(note)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 1 failed"
    note.write_text(block("json", "{}"))
    assert main([str(note)]) == 0
    assert main([str(tmp_path / "gone.md")]) == 1


def test_the_runner_starts_as_a_script_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(block("python", "print(1)") + block("output", "1"))
    script = Path(__file__).with_name("run_examples.py")

    done = subprocess.run(
        [sys.executable, str(script), "note.md"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "1 passed, 0 failed\n")
