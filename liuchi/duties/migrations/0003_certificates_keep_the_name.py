"""A certificate keeps the name in which it was issued; those there are get the name that their person has today."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    certificates = apps.get_model("duties", "Certificate").objects.filter(person__isnull=False)
    person = apps.get_model("people", "Person").objects.filter(pk=OuterRef("person"))
    certificates.update(name=Subquery(person.values("name")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("duties", "0002_certificates"),
    ]

    operations = [
        migrations.AddField(
            model_name="certificate",
            name="name",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
