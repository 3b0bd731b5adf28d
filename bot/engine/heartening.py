"""Whether a line says that somebody is close to giving up: whole lines only, so that nothing else is taken for it."""

from __future__ import annotations

import re

_FEEL = r"(?:i(?:'m| am)?\s+)?(?:(?:just|really|so|kind of|almost|nearly|honestly)\s+)*"
_CLOSE = (
    r"(?:want to|wanna|feel like|thinking (?:of|about)|about to|ready to|close to|tempted to|going to|should|might)"
)
_LEAVE = r"(?:quit(?:ting)?|giv(?:e|ing) (?:it all |it |this |all this )?up|dropp?(?:ing)? out|leav(?:e|ing) it all)"
_UNABLE = (
    r"(?:i (?:can't|cannot|can not) (?:do|take) (?:this|it)(?: any ?more| any longer)?"
    r"|i(?:'m| am) (?:not (?:good|smart|clever) enough|too (?:stupid|dumb|slow))(?: for (?:this|it))?"
    r"|i(?:'ll| will) never (?:get|manage|learn|finish) (?:this|it)|i give up|i quit"
    r"|(?:i(?:'m| am) )?giving (?:it |this )?up)"
)
_LINE = re.compile(
    rf"(?:{_FEEL}{_CLOSE}\s+{_LEAVE}|(?:maybe |perhaps )?(?:should i|i should) (?:just )?{_LEAVE}|{_UNABLE})"
    r"(?:\s+(?:on (?:this|it|everything)|now|already|today|altogether|the (?:course|roadmap|plan)|this|learning))?"
)


def is_giving_up(text: str) -> bool:
    """Whether all that was said is that."""
    said = " ".join(text.lower().replace("\u2019", "'").split()).strip(".!?, ")
    return _LINE.fullmatch(re.sub(r"\bim\b", "i'm", re.sub(r"\bcant\b", "can't", said))) is not None
