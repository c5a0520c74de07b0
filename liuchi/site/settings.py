"""Settings. What differs between installations comes from the environment; ``./run`` sets it.

LIUCHI_VAR       folder for everything that is made at run time (default: var/ in the checkout)
LIUCHI_KEYS      folder of the key files, outside the database (default: $LIUCHI_VAR/keys)
LIUCHI_DATABASE  sqlite:///path or postgres://user:password@host:port/name (default: SQLite in $LIUCHI_VAR)
LIUCHI_HOSTS     host names served, by comma (default: any, because an office LAN has only addresses)
LIUCHI_PROXIES   addresses or networks of reverse proxies in front, by comma: from these alone X-Forwarded-For and
                 X-Forwarded-Proto are believed (default: none)
LIUCHI_HTTPS     1 when the pages are served over https
LIUCHI_MAIL      smtp://user:password@host:port (smtps:// for TLS); without it no mail is sent
LIUCHI_IMAP      imaps://user:password@host:port/INBOX, a mailbox from which requests come, where none is set on its page
LIUCHI_MAIL_FROM the sender's address of that mail
LIUCHI_URL       where people reach these pages, for links in mail: https://liuchi.example (no slash at the end)
LIUCHI_REPORTS_PER_MINUTE  how many reports one device may file in a minute before it is slowed (default 12)
LIUCHI_MEGABYTES_PER_MINUTE  how much may be uploaded from one network address in a minute (default 300: forty riders of
                 one station, each with a photo of several megabytes; a smaller file counts as one)
LIUCHI_HOOK_NETWORKS  networks inside which webhooks may go beside public addresses, by comma: 10.20.0.0/16 (default: none)
LIUCHI_HOOK_CERTIFICATES  a file of certificates (PEM) that receivers of webhooks may have beside the public ones
"""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("LIUCHI_VAR", BASE / "var")).resolve()
KEYS = Path(os.environ.get("LIUCHI_KEYS", VAR / "keys")).resolve()
MEDIA_FOLDER = VAR / "media"
MAP_FOLDER = VAR / "map"
HTTPS = os.environ.get("LIUCHI_HTTPS") == "1"


def _secret(name: str) -> str:
    """A random key of this installation, made at first use and readable by its owner alone."""
    path = KEYS / name
    if not path.exists():
        KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # of two processes starting at once the first wins, and both read the same
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def database(url: str) -> dict:
    """Django's settings for a database address."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:] if parts.path.startswith("//") else parts.path) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 10,
                # With DEFERRED, two writers that read first end as "database is locked"; with IMMEDIATE they queue.
                "transaction_mode": "IMMEDIATE",
                # FULL: what was acknowledged outlives a power cut. 16 MB of log before it goes into the file, instead of 4:
                # a page that many reports change is then written once for all of them.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
                " PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "".join(parse_qs(parts.query).get("host", [])),  # ?host=/folder of a socket
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            # Without a number Django forbids the driver to prepare anything; with this one only what asks for it is prepared.
            "OPTIONS": {"prepare_threshold": 1_000_000},
        }
    raise ValueError(f"a database address starts with sqlite:// or postgres://, not {parts.scheme}://")


SECRET_KEY = _secret("secret_key")
DEBUG = os.environ.get("LIUCHI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LIUCHI_HOSTS", "*").split(",")
DATABASES = {"default": database(os.environ.get("LIUCHI_DATABASE", f"sqlite:///{VAR / 'liuchi.sqlite3'}"))}

INSTALLED_APPS = [
    "liuchi.kernel",
    "liuchi.territory",
    "liuchi.people",
    "liuchi.notices",
    "liuchi.points",
    "liuchi.cases",
    "liuchi.places",
    "liuchi.admissions",
    "liuchi.publications",
    "liuchi.duties",
    "liuchi.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "liuchi.site.middleware.OutboxMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "liuchi.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "liuchi.site.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "liuchi.site.urls"
WSGI_APPLICATION = "liuchi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liuchi.kernel.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "liuchi.kernel.ui.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "people.Login"
AUTHENTICATION_BACKENDS = ["liuchi.people.signin.backend.SignIn"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "liuchi.people.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "liuchi.people.signin.forms.SignInForm",
    "change_password": "liuchi.people.signin.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
CACHES = {"default": {"BACKEND": "liuchi.people.signin.counts.SharedCounts"}}
# A whole office may sit behind one address, so wrong passwords are counted by the name that was tried first of all.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/5m/key", "signup": "30/m/ip"}
MFA_ADAPTER = "liuchi.people.signin.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["liuchi.site.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [VAR / "front"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

TASKS = {"default": {"BACKEND": "liuchi.kernel.queue.Queue"}}

# Uploads go to disk past 1 MB; the limit of a media file itself is kernel.media's.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# How long a process may answer from areas and places in memory before it looks whether another one changed them.
TERRITORY_CHECK_SECONDS = 1.0
REPORTS_PER_MINUTE = int(os.environ.get("LIUCHI_REPORTS_PER_MINUTE", "12"))
MEGABYTES_PER_MINUTE = int(os.environ.get("LIUCHI_MEGABYTES_PER_MINUTE", "300"))

HOOK_NETWORKS = [
    ip_network(one.strip()) for one in os.environ.get("LIUCHI_HOOK_NETWORKS", "").split(",") if one.strip()
]
HOOK_CERTIFICATES = os.environ.get("LIUCHI_HOOK_CERTIFICATES", "")

_mail = urlsplit(os.environ.get("LIUCHI_MAIL", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _mail.hostname else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
# Only tests send to their own machine without https.
DELIVERY_LOOPBACK = False
PUBLIC_URL = os.environ.get("LIUCHI_URL", "").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("LIUCHI_MAIL_FROM", "liuchi@localhost")

SILENCED_SYSTEM_CHECKS = ["security.W019"]
SITE_TITLE = _("Liuchi")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "liuchi.site.logs.Discreet", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": os.environ.get("LIUCHI_LOG", "WARNING")},
}
