"""What stands between a fresh data folder and a server that can start."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.kernel.migrating import quickly

Say = Callable[[str], None]


def prepare(demo: bool, say: Say) -> None:
    """Words, tables, static files and, in an empty installation, the demo place."""
    migrate(say)
    collect(say)
    if demo:
        from liuchi.site.demo.loading import load_demo_once

        with translation.override(machine_language()):
            load_demo_once(say)


def migrate(say: Say) -> None:
    """Brings the tables to this version, if they are not."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        began = time.monotonic()
        with quickly():
            call_command("migrate", verbosity=0, interactive=False)
        seconds = f"{time.monotonic() - began:.1f}"
        say("      " + _("%(count)s migrations, %(seconds)s s") % {"count": len(plan), "seconds": seconds})


def collect(say: Say) -> None:
    """Gathers the front end's files under names with their fingerprints."""
    from django.conf import settings

    made, gathered = settings.VAR / "front" / ".ready", settings.STATIC_ROOT / "staticfiles.json"
    if gathered.exists() and made.exists() and gathered.stat().st_mtime >= made.stat().st_mtime:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=settings.STATIC_ROOT.exists())


def own_certificate(host: str) -> tuple[str, str]:
    """A certificate of this installation's own authority for all names and addresses of this machine: (chain, key)."""
    import socket

    import trustme
    from django.conf import settings

    folder = settings.VAR / "https"
    chain, key, root = folder / "chain.pem", folder / "key.pem", folder / "root.pem"
    if not chain.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        names = {"localhost", "127.0.0.1", "::1", socket.gethostname(), *addresses()}
        if host not in ("0.0.0.0", "::"):
            names.add(host)
        authority = trustme.CA(organization_name="Liuchi", organization_unit_name=socket.gethostname())
        leaf = authority.issue_cert(*sorted(names))
        root.write_bytes(authority.cert_pem.bytes())
        key.touch(mode=0o600)
        key.write_bytes(leaf.private_key_pem.bytes())
        chain.write_bytes(b"".join(part.bytes() for part in leaf.cert_chain_pems))
    return str(chain), str(key)


def addresses() -> list[str]:
    """The addresses under which other machines of the office reach this one."""
    import socket

    found: set[str] = set()
    with suppress(OSError):  # a machine that does not know its own name
        found.update(str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    return sorted(address for address in found if not address.startswith("127."))


def machine_language() -> str:
    """The language of whoever sits at this machine, as its environment says."""
    chinese = any(os.environ.get(name, "").lower().startswith("zh") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-hans" if chinese else "en"


def say_on_screen(line: str) -> None:
    """Progress for a person who waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
