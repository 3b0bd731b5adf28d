"""milepost answers report|cost"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, TypeVar

import typer

from bot.clock import SystemClock
from bot.settings import Settings
from bot.storage.answer_report import AnswerReport, DaySpent, Gap, Total
from bot.storage.database import database_url, open_database
from bot.storage.migrate import upgrade
from bot.verbs import say

app = typer.Typer(
    help="See which questions the notes miss, and what the language model costs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
T = TypeVar("T")
MILLION = 1_000_000
Since = Annotated[int, typer.Option("--since", min=1, metavar="DAYS", help="how many days back")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of lines")]


@app.command()
def report(since: Since = 30, as_json: Json = False) -> None:
    """List unanswered and disliked questions by roadmap and week. Words are shown where a learner left them."""
    totals, gaps = _read(lambda report: _both(report, since))
    if as_json:
        say.as_json({"totals": [asdict(total) for total in totals], "gaps": [asdict(gap) for gap in gaps]})
        return
    for total in totals:
        say.line(f"{total.roadmap}: {total.asked} asked, {total.unanswered} not answered, "
                 f"{total.liked} helped, {total.disliked} missed")  # fmt: skip
    for gap in gaps:
        say.line(_said(gap))
    say.line(f"{len(gaps)} to look at, of the last {since} days.")


@app.command()
def cost(since: Since = 30, as_json: Json = False) -> None:
    """Tokens and money by day. The price of a million tokens is MILEPOST_LLM_PRICE."""
    price = Settings.load().llm_price
    days = _read(lambda report: report.spent(SystemClock().now().date() - timedelta(days=since)))
    if as_json:
        say.as_json([{**asdict(day), "day": day.day.isoformat(), "money": _money(day.spent, price)} for day in days])
        return
    for day in days:
        say.line(_day(day, price))
    total = sum(day.spent for day in days)
    say.line(f"{total} tokens in {since} days{f', {_money(total, price):.2f}' if price else ''}.")


def _day(day: DaySpent, price: float) -> str:
    money = f"  {_money(day.spent, price):.2f}" if price else ""
    held = f"  {day.reserved} set aside" if day.reserved else ""
    return f"{day.day}  {day.spent} tokens  {day.learners} learners{money}{held}"


def _money(tokens: int, price: float) -> float:
    return round(tokens * price / MILLION, 4)


def _said(gap: Gap) -> str:
    where = f"{gap.note}, {gap.section}" if gap.note else gap.outcome.replace("_", " ")
    liked = f", {gap.disliked} missed" if gap.disliked else ""
    return f"{gap.roadmap} week {gap.week}: {where}: asked {gap.times} times{liked}  {gap.words or gap.question}"


async def _both(report: AnswerReport, days: int) -> tuple[list[Total], list[Gap]]:
    since = SystemClock().now() - timedelta(days=days)
    return list(await report.totals(since)), list(await report.gaps(since))


def _read(act: Callable[[AnswerReport], Awaitable[T]]) -> T:
    async def run() -> T:
        database = open_database(database_url(Settings.load().database_url))
        try:
            await upgrade(database)
            return await act(AnswerReport(database))
        finally:
            await database.dispose()

    return asyncio.run(run())
