"""The Chromium that the browser tests use."""

import os
import shutil

# The first that is there. The headless shell has no window of its own, and takes a fifth less time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """Its path: what LIUCHI_CHROMIUM names, or the first of those that this machine has."""
    return os.environ.get("LIUCHI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
