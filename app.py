"""Starts the site: what a Hugging Face Space runs, and the same as `ask-debbie serve`."""

import sys

from ask_debbie.compose import build_assistant
from ask_debbie.errors import AskDebbieError
from ask_debbie.settings import Settings
from ask_debbie.web.server import create_app, serve

if __name__ == "__main__":
    settings = Settings()
    try:
        serve(create_app(build_assistant(settings), settings), settings.host, settings.port)
    except AskDebbieError as error:
        sys.exit(str(error))
