"""Settings of the tests: a throw-away folder, quick password hashing, SQLite in memory or a real PostgreSQL."""

import atexit
import os
import shutil
import tempfile

_folder = os.environ.get("LIUCHI_TEST_VAR") or tempfile.mkdtemp(prefix="liuchi-test-")
if "LIUCHI_TEST_VAR" not in os.environ:
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LIUCHI_VAR"] = _folder
os.makedirs(os.path.join(_folder, "static"), exist_ok=True)
os.environ.pop("LIUCHI_KEYS", None)
os.environ.pop("LIUCHI_MAIL", None)

from liuchi.site.settings import *  # noqa: E402, F403
from liuchi.site.settings import STORAGES, database  # noqa: E402
from liuchi.site.words import compile_all  # noqa: E402

compile_all()

DATABASES = {"default": database(os.environ.get("LIUCHI_TEST_DATABASE", "sqlite:///:memory:"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = f"{_folder}/test.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    # A test database may be lost with the machine; waiting for the disk would only make the suite slow.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REPORTS_PER_MINUTE = 100_000
TERRITORY_CHECK_SECONDS = 0.0  # a test that is rolled back leaves nothing in memory
