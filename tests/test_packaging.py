"""The wheel is whole: installed into an empty environment and run from an empty folder, it talks."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install .` makes."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
        "--wheel-dir", str(folder), str(ROOT),
    ]  # fmt: skip
    subprocess.run(build, check=True, capture_output=True, text=True)
    return next(folder.glob("milepost-*.whl"))


@pytest.fixture(scope="module")
def milepost(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed program, in an environment that borrows this one's libraries and nothing of the checkout."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    paths = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, text=True)
    return home / "bin" / "milepost"


def run(program: Path, folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MILEPOST_", "PYTHON"))}
    return subprocess.run(
        [program, *words], input=stdin, capture_output=True, text=True, cwd=folder, check=False, timeout=60,
        env={**clean, "XDG_DATA_HOME": str(folder / "data")},
    )  # fmt: skip


def test_the_wheel_holds_the_content_and_the_migrations_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [path for top in ("content", "migrations") for path in (ROOT / top).rglob("*") if _ships(path)]
    missing = {str(path.relative_to(ROOT)) for path in shipped if f"bot/_shipped/{path.relative_to(ROOT)}" not in names}
    assert not missing
    assert not {name for name in names if not name.startswith(("bot/", "milepost-"))}


def _ships(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def test_the_installed_program_lists_its_roadmaps_from_an_empty_folder(milepost: Path, tmp_path: Path) -> None:
    done = run(milepost, tmp_path, "roadmap", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ml-engineer-40" in done.stdout


def test_the_installed_program_talks_from_an_empty_folder(milepost: Path, tmp_path: Path) -> None:
    done = run(milepost, tmp_path, "chat", stdin="hi\n1\nwhat's next?\ndone 1\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Done: 1" in done.stdout
    assert (tmp_path / "data" / "milepost" / "milepost.db").exists()  # so the migrations were there, too


def test_the_installed_program_finds_nothing_wrong_with_itself(milepost: Path, tmp_path: Path) -> None:
    assert run(milepost, tmp_path, "doctor").returncode == 0
