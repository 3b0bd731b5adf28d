"""Fills the templates under `content/messages/<locale>/`: a reply's data in, CommonMark out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from bot.domain.learner import Preferences
from bot.domain.message import Button, Image, Rendered, Reply
from bot.domain.text import Prose
from bot.domain.wallclock import city_of, kept_zone
from bot.rendering.environment import TemplateEnvironment
from bot.rendering.escape import spans
from bot.rendering.svg import picture_environment
from bot.rendering.words import DEFAULT_LOCALE, Words, load_words

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: where its texts run, where its pictures run, and its short words."""

    texts: TemplateEnvironment
    pictures: TemplateEnvironment
    words: Words


class TemplateRenderer:
    """Renders replies in every language that has a folder; a template a language lacks is taken from English."""

    def __init__(self, folder: Path, *, every_script: bool = False) -> None:
        self._folder = folder
        self._every_script = every_script
        self._environments: dict[str, Language] = {}
        self._nearest: dict[str, str] = {}

    def locale(self, wanted: str) -> str:
        """The nearest language there is: `de-AT` finds `de`, and whatever is unknown finds English."""
        for name in (wanted, wanted.partition("-")[0]):
            if re.fullmatch(r"[a-zA-Z-]{2,8}", name) and (self._folder / name / "_words.yaml").is_file():
                return name
        return DEFAULT_LOCALE

    def locales(self) -> list[str]:
        """The languages there are."""
        return sorted(file.parent.name for file in self._folder.glob("*/_words.yaml"))

    def words(self, locale: str) -> Words:
        """The words of a language."""
        return self._of(locale).words

    def prepare(self, templates: Iterable[str]) -> None:
        """Read templates now, in every language: reading one takes as long as filling it twenty times. For a thread."""
        names = list(templates)
        for locale in self.locales():
            texts = self._of(locale).texts
            for name in names:
                texts.get_template(f"{name}.md")

    def render(self, reply: Reply, preferences: Preferences) -> Rendered:
        """The reply in the learner's language, with times in the learner's zone."""
        language = self._of(preferences.locale)
        times: dict[str, datetime] = {}
        data = {"zone": preferences.zone or "UTC", "times": times, **reply.data}
        text = language.texts.get_template(f"{reply.template}.md").render(data)
        rows = tuple(tuple(_labelled(b, language.words) for b in row) for row in reply.buttons)
        images = (*reply.images, *([_picture(reply.picture, data, language)] if reply.picture else []))
        return Rendered(
            reply.template, tidy(text), rows, reply.private, reply.replaces, images, reply.files, times
        )  # fmt: skip

    def _of(self, locale: str) -> Language:
        if locale not in self._nearest:
            self._nearest[locale] = self.locale(locale)
        name = self._nearest[locale]
        if name not in self._environments:
            self._environments[name] = self._environment(name)
        return self._environments[name]

    def _environment(self, locale: str) -> Language:
        words = load_words(self._folder / locale)
        folders = [self._folder / locale, self._folder / DEFAULT_LOCALE]
        pictures = picture_environment(folders, every_script=self._every_script)
        language = Language(TemplateEnvironment(folders), pictures, words)
        language.texts.filters |= _filters(words)
        language.pictures.filters |= _filters(words)
        return language


def _picture(name: str, data: Mapping[str, Any], language: Language) -> Image:
    """A picture yet to be drawn, with the words that stand for it (`<name>_alt.md`)."""
    alt = language.texts.get_template(f"{name}_alt.md").render(data)
    plain = _ESCAPED.sub(r"\1", tidy(alt))  # it is read out, not rendered
    return Image(plain, svg=language.pictures.get_template(f"{name}.svg").render(data))


def _labelled(button: Button, words: Words) -> Button:
    values = {key: _label_value(value, words) for key, value in button.values.items()}
    return replace(button, label=words.get("buttons", button.label).format(**values)[:64], values={})


def _label_value(value: object, words: Words) -> str:
    if isinstance(value, date):
        return words.day(value)
    return str(value).replace("`", "")


def tidy(text: str) -> str:
    """Text without trailing spaces and runs of blank lines."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _filters(words: Words) -> Mapping[str, Any]:
    def day(value: date) -> Prose:
        return Prose(words.day(value))

    def long_day(value: date) -> Prose:
        return Prose(words.long_day(value))

    @pass_context
    def clock(context: Context, value: datetime) -> Prose:
        return Prose(f"{value.astimezone(kept_zone(context['zone'])):%H:%M}")

    @pass_context
    def when(context: Context, value: datetime) -> Prose:
        local = value.astimezone(kept_zone(context["zone"]))
        shown = Prose(f"{words.day(local.date())}, {local:%H:%M} {city(context['zone'])}")
        context["times"][str(shown)] = value
        return shown

    def word(key: str, group: str) -> Prose:
        return Prose(words.get(group, str(key)))

    return {
        "day": day, "long_day": long_day, "clock": clock, "when": when, "word": word, "hours": hours, "city": city,
        "plural": plural, "wall": wall, "link": link, "cap": cap, "spans": spans,
    }  # fmt: skip


def hours(value: float) -> Prose:
    """`40 min`, `2 h`, `1½ h`."""
    if value < 1:
        return Prose(f"{round(value * 60)} min")
    whole, rest = int(value), value - int(value)
    return Prose(f"{whole}{ {0.25: '¼', 0.5: '½', 0.75: '¾'}.get(rest, '') } h")


def city(zone: str) -> Prose:
    """The place a zone is named after: `Europe/Berlin` is `Berlin`."""
    return Prose(city_of(zone))


def plural(count: float, one: str, many: str) -> Prose:
    """`1 task`, `3 tasks`."""
    return Prose(f"{count:g} {one if count == 1 else many}")


def link(url: str) -> Prose:
    """An address that can stand in a CommonMark link."""
    return Prose(
        url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
    )


def cap(text: str) -> str:
    """Text with a capital first letter, where it begins a line; prose stays prose."""
    return type(text)(text[:1].upper() + text[1:])


def wall(value: time) -> Prose:
    """`09:00`."""
    return Prose(f"{value:%H:%M}")
