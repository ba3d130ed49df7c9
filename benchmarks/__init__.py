"""Speed, side by side with plain ways, in one run: ``make bench``."""
