"""The documents say what the code does: settings, verbs, links, and the example roadmap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from bot.catalog.loader import load_roadmap
from bot.catalog.problems import ContentError
from bot.settings import PREFIX, Settings
from tests.cli.program import verbs

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "content/topics/README.md"])
OPERATING = ROOT / "docs" / "operating.md"
WRITING = ROOT / "docs" / "writing-a-roadmap.md"
SETTING_ROW = re.compile(r"^\| `(MILEPOST_\w+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
VERB = re.compile(r"\bmilepost ((?:[a-z]+)(?: [a-z]+)?)")
MACHINE_PATHS = re.compile(r"(?<![\w/])/(?:work|root|home/\w+|Users/\w+)/")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def rows() -> dict[str, tuple[str, str]]:
    return {name: (default, what) for name, default, what in SETTING_ROW.findall(read(OPERATING))}


def test_every_setting_has_a_row_and_every_row_a_setting() -> None:
    assert list(rows()) == [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_settings_documented_default_is_the_real_one(name: str) -> None:
    said, _what = rows()[f"{PREFIX}{name.upper()}"]
    default = Settings.model_fields[name].default
    if default is PydanticUndefined or name == "content_dir":
        assert "`" not in said  # worked out at start, so it is told in words
    else:
        assert said == ("none" if default in ("", None) else f"`{default}`")


@pytest.mark.parametrize("name", [n for n, f in Settings.model_fields.items() if f.annotation == SecretStr | None])
def test_a_secret_is_documented_as_one(name: str) -> None:
    assert rows()[f"{PREFIX}{name.upper()}"][1].endswith("Secret.")


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_documented(verb: str) -> None:
    assert re.search(rf"^\| `milepost {verb}[` ]", read(OPERATING), re.MULTILINE)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_no_verb_that_is_not_there(path: Path) -> None:
    spans = re.findall(r"`([^`\n]+)`|^(milepost .*)$", read(path), re.MULTILINE)
    named = {found[1] for code, line in spans for found in VERB.finditer(code or line)}
    known = set(verbs()) | {verb.split()[0] for verb in verbs()}
    missing = {verb for verb in named if verb not in known and verb.split()[0] not in set(verbs())}
    assert not missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    local = [target for target in LINK.findall(read(path)) if not target.startswith(("http", "mailto:"))]
    broken = [target for target in local if not _leads(path, target)]
    assert not broken


def _leads(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    found = path.parent / name if name else path
    if not found.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", read(found), re.MULTILINE) if anchor else []
    return not anchor or anchor in {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_no_folder_of_one_persons_machine(path: Path) -> None:
    assert not MACHINE_PATHS.findall(read(path))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_documents_name_exist(path: Path) -> None:
    named = re.findall(r"`((?:bot|tests|docs|content|migrations)/[\w/.-]*\w\.(?:py|md|yaml|json))`", read(path))
    assert not [name for name in named if not (ROOT / name).exists()]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The roadmap of docs/writing-a-roadmap.md, written out as its reader would."""
    files = re.findall(r"^`([\w/.-]+\.yaml)`\n\n```yaml\n(.*?)^```$", read(WRITING), re.MULTILINE | re.DOTALL)
    for name, body in files:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return tmp_path / "first-script"


def test_the_example_roadmap_is_sound(example: Path) -> None:
    roadmap = load_roadmap(example)
    assert roadmap.length == 3
    assert [week.label for week in roadmap.weeks] == ["1", "2-3"]


def test_the_example_of_a_mistake_is_told_as_the_page_says(example: Path) -> None:
    phase = example / "basics.yaml"
    phase.write_text(phase.read_text(encoding="utf-8").replace("hours: 4\n", "hours: 5\n", 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_roadmap(example)
    assert f"milepost: {caught.value}\n" in read(WRITING)


def test_the_example_points_at_notes_that_exist(example: Path) -> None:
    notes = {topic.note for week in load_roadmap(example).weeks for topic in week.all_topics}
    assert notes
    assert not [note for note in notes if not list(ROOT.glob(f"content/topics/*/{note}.md"))]
