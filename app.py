"""Starts the site, for hosts that want a file to run: the same as `ask-debbie serve`."""

import sys

from ask_debbie.cli import main

if __name__ == "__main__":
    sys.argv = [sys.argv[0], "serve", *sys.argv[1:]]
    main()
