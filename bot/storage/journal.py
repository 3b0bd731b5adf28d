"""Changes as JSON: what the journal keeps so that an action can be taken back whole."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.change import Change, EnrollmentChange, EvidenceChange, LearnerChange
from bot.domain.enrollment import Enrollment, EnrollmentState
from bot.domain.evidence import Evidence
from bot.domain.learner import Learner, Preferences, QuietHours

Json = dict[str, Any]
_DERIVED = {"completions", "learner_id"}


def to_json(change: Change) -> Json:
    """Only what differs: fields with their former and later value, and tasks done or reopened."""
    return {
        "learner": _learner_diff(change.learner) if change.learner else None,
        "enrollments": [_enrollment_diff(c) for c in change.enrollments],
        "evidence": [[_evidence_json(c.before), _evidence_json(c.after)] for c in change.evidence],
    }


def _evidence_json(piece: Evidence | None) -> Json | None:
    return _plain({f.name: getattr(piece, f.name) for f in dataclasses.fields(piece)}) if piece else None


def _evidence_of(item: Json | None) -> Evidence | None:
    return Evidence(**(item | {"at": datetime.fromisoformat(item["at"])})) if item else None


def _learner_diff(change: LearnerChange) -> Json:
    old, new = _preferences(change.before.preferences), _preferences(change.after.preferences)
    return {key: [old[key], new[key]] for key in old if old[key] != new[key]}


def _preferences(preferences: Preferences) -> Json:
    flat = {f.name: getattr(preferences, f.name) for f in dataclasses.fields(preferences) if f.name != "quiet"}
    return _plain({**flat, "quiet_start": preferences.quiet.start, "quiet_end": preferences.quiet.end})


def _enrollment_diff(change: EnrollmentChange) -> Json:
    after = _fields(change.after)
    before = _fields(change.before) if change.before else {}
    old = change.before.completions if change.before else {}
    new = change.after.completions
    return {
        "id": change.after.id,
        "new": change.before is None,
        "set": {key: [before.get(key), after[key]] for key in after if before.get(key) != after[key]},
        "done": {task: at.isoformat() for task, at in new.items() if task not in old},
        "reopened": {task: at.isoformat() for task, at in old.items() if task not in new},
    }


def _fields(enrollment: Enrollment) -> Json:
    names = [f.name for f in dataclasses.fields(enrollment) if f.name not in _DERIVED and f.name != "id"]
    return _plain({name: getattr(enrollment, name) for name in names})


def _plain(fields: Json) -> Json:
    return {key: _scalar(value) for key, value in fields.items()}


def _scalar(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def undone(stored: Json, verb: str, learner: Learner, enrollments: dict[int, Enrollment]) -> Change:
    """The change that takes a stored one back, starting from what is true now."""
    before_learner = learner
    if stored["learner"]:
        restored = {key: pair[0] for key, pair in stored["learner"].items()}
        learner = dataclasses.replace(learner, preferences=_with_preferences(learner.preferences, restored))
    pairs = [
        _enrollment_back(item, enrollments[item["id"]]) for item in stored["enrollments"] if item["id"] in enrollments
    ]
    pairs.sort(key=lambda pair: pair.after.state is not EnrollmentState.SHELVED)  # make room before taking up another
    changed = LearnerChange(before_learner, learner) if learner != before_learner else None
    pieces = tuple(EvidenceChange(_evidence_of(new), _evidence_of(old)) for old, new in stored.get("evidence", ()))
    return Change(verb, changed, tuple(pairs), pieces)


def _with_preferences(preferences: Preferences, fields: Json) -> Preferences:
    quiet = QuietHours(
        _time(fields.pop("quiet_start", None)) or preferences.quiet.start,
        _time(fields.pop("quiet_end", None)) or preferences.quiet.end,
    )
    if "push_time" in fields:
        fields["push_time"] = _time(fields["push_time"])
    return dataclasses.replace(preferences, quiet=quiet, **fields)


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _enrollment_back(item: Json, now: Enrollment) -> EnrollmentChange:
    completions = {task: at for task, at in now.completions.items() if task not in item["done"]}
    completions |= {task: datetime.fromisoformat(at) for task, at in item["reopened"].items()}
    if item["new"]:
        return EnrollmentChange(now, dataclasses.replace(now.shelved(), completions=completions))
    fields = {key: _field(key, pair[0]) for key, pair in item["set"].items()}
    return EnrollmentChange(now, dataclasses.replace(now, completions=completions, **fields))


def _field(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "state":
        return EnrollmentState(value)
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith(("_on", "_until")) else value
