"""What the worker does for the wizard."""

from pathlib import Path
from uuid import UUID

from django_tasks import task

from liuchi.kernel import context
from liuchi.kernel.errors import Refused
from liuchi.site.setup import progress


@task()
def import_map(key: str, path: str, code: str, name: str, person: str) -> None:
    """Brings a map in and tells how far it is. A file that can't be read ends with a sentence, not with a fault."""
    from dataclasses import replace

    from liuchi.territory.osm.actions import import_osm  # the map tools are heavy: for the worker alone

    ctx = replace(context.system(channel="import"), person=UUID(person) if person != "None" else None)
    progress.tell(key, "working", done=0, total=0)
    try:
        counted = import_osm(
            ctx,
            Path(path),
            code,
            name,
            progress=lambda done, total: progress.tell(key, "working", done=done, total=total),
        )
        progress.tell(key, "done", places=sum(counted.kinds.values()), tiles=counted.tiles)
    except Refused as refused:
        progress.tell(key, "failed", sentence=refused.sentence)
    except Exception:
        progress.tell(key, "failed", sentence="")
        raise
    finally:
        Path(path).unlink(missing_ok=True)
