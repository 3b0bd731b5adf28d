"""A small library of study notes to read, damage and read again."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTE = """\
---
id: sets
title: Sets in Python
aliases: [python set, unique values]
summary: A set keeps each value once. It answers at once whether a value is in it.
needs: []
resources:
  - {title: Python documentation, url: "https://docs.python.org/3/library/stdtypes.html"}
tested_with: [Python 3.11]
asks:
  why: [why use a set]
  idea: [what is a set, how is a set stored]
  example: [how do i remove duplicates, how to count different words, how to make an empty set]
  wrong: ["TypeError: unhashable type: 'list'", why is my order gone, set has no index]
  choosing: [set or list, set or dict, when is a set faster]
  try: [give me a set exercise, practise sets]
---
## Why

A set holds every value once. A set makes a list of tags free of doubles.

## The idea

A set is a bag without order. Python finds a value in a set by its hash.

## Worked example

A set drops doubles. Give `set` a list, and it keeps one of each.

```python
print(len(set([1, 1, 2])))
```
```output
2
```

{padding}

## When it goes wrong

A set fails when a value can change. A set also forgets the order.

### `TypeError: unhashable type: 'list'`

A list can change, so it has no hash. Put a tuple in the set instead.

### The order of my values is gone

A set has no order. Use `sorted` to get a list in order.

## Choosing

A set is for the question whether a value is there. A list is for values in order.

## Try it

Make a set of the words in a text. Print its length; for `a b a` it prints 2.

## Remember

- A set keeps each value once.
- A set has no order.
- Only values that cannot change go in.
"""

QUIZ = """\
- id: sets-1
  kind: output
  section: example
  ask: What does this print?
  code: |
    print(len({1, 1, 2}))
  options:
    - {text: 2, right: true}
    - {text: 3, why: The double is dropped.}
    - {text: 1, why: Two values differ.}
  explain: The set keeps 1 and 2.
- id: sets-2
  kind: single
  section: idea
  ask: How does a set find a value?
  options:
    - {text: By its hash, right: true}
    - {text: By its place in the order, why: A set has no order.}
    - {text: By looking at each value in turn, why: That is what a list does.}
  explain: The hash leads straight to the value.
- id: sets-3
  kind: several
  section: wrong
  ask: Which of these may go into a set?
  options:
    - {text: A tuple of numbers, right: true}
    - {text: A string, right: true}
    - {text: A list of numbers, why: A list can change.}
    - {text: A dict, why: A dict can change.}
  explain: What goes in must not change.
- id: sets-4
  kind: order
  section: example
  ask: Put the steps in order.
  steps: [Split the text, Make a set of the words, Print its length]
  explain: The set needs the words first.
- id: sets-5
  kind: bug
  section: wrong
  ask: This should print 1. What is wrong?
  code: |
    print(len({}))
  options:
    - {text: The braces are empty, right: true}
    - {text: The length is off, why: An empty thing has the length 0.}
    - {text: The brackets are round, why: Round brackets call the function.}
  explain: Empty braces make a dict without entries.
- id: sets-6
  kind: single
  section: choosing
  ask: Which one keeps the order of its values?
  options:
    - {text: A list, right: true}
    - {text: A set of strings, why: No set keeps the order.}
    - {text: A frozen set, why: No set keeps the order.}
  explain: A list is for values in order.
"""

PADDING = " ".join(["The set is read from left to right and each word goes in once."] * 22)


class Library:
    """A topics folder that a test fills."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, note: str = "", quiz: str = "", name: str = "sets", area: str = "python") -> Path:
        """Write a note and its quiz; the good ones when none are given."""
        path = self.folder / area / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((note or good_note()).replace("{padding}", PADDING), encoding="utf-8")
        path.with_name(f"{name}.quiz.yaml").write_text(quiz or QUIZ, encoding="utf-8")
        return path

    def add_like(self, name: str, needs: str = "[]", area: str = "python") -> Path:
        """Write a good note under another name, which shares no name or question with the others."""
        head, _, tail = NOTE.partition("---\n## Why")
        asks = head.partition("asks:")[2]
        for question in [q.strip(' "') for line in asks.splitlines() for q in _questions(line)]:
            asks = asks.replace(question, f"{question} {name}")
        words = head.partition("asks:")[0].replace("Sets in Python", f"A set called {name}")
        words = words.replace("python set, unique values", f"{name} set").replace("id: sets", f"id: {name}")
        words = words.replace("needs: []", f"needs: {needs}")
        return self.add(f"{words}asks:{asks}---\n## Why{tail}", QUIZ.replace("id: sets-", f"id: {name}-"), name, area)


def _questions(line: str) -> list[str]:
    return line.partition("[")[2].rstrip("]").split(", ") if "[" in line else []


def good_note() -> str:
    """A note without a problem."""
    return NOTE


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty topics folder."""
    folder = tmp_path / "topics"
    folder.mkdir()
    return Library(folder)


@pytest.fixture
def note() -> str:
    """The text of a note without a problem."""
    return NOTE


@pytest.fixture
def quiz() -> str:
    """The text of a quiz without a problem."""
    return QUIZ
