"""`python -m bot` is `milepost`."""

from bot.cli import main

main()
