from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def by_the_office(apps, schema_editor):
    """A number that was written down for somebody without an account, or for somebody with a post, came from the office."""
    persons = apps.get_model("people", "Person").objects.filter(phone_checked_at=None).exclude(phone_index=None)
    known = Q(login=None) | Q(posts__isnull=False)
    ids = persons.filter(known).values("pk")
    apps.get_model("people", "Person").objects.filter(pk__in=ids).update(phone_checked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("people", "0003_registers")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="phone_checked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(by_the_office, migrations.RunPython.noop),
    ]
