from django.db import migrations, models

import liuchi.places.rules


def to_weeks(apps, schema_editor):
    for counter in apps.get_model("places", "Counter").objects.all():
        span = [at.hour * 60 + at.minute for at in (counter.opens, counter.closes)]
        counter.week = [[span] if day in counter.weekdays else [] for day in range(7)]
        counter.save(update_fields=["week"])


class Migration(migrations.Migration):
    dependencies = [("places", "0002_visits_of_a_day")]

    operations = [
        migrations.AddField("counter", "week", models.JSONField(default=liuchi.places.rules.empty_week)),
        migrations.AddField("counter", "days_off", models.JSONField(blank=True, null=True)),
        migrations.RunPython(to_weeks, migrations.RunPython.noop),
        migrations.RemoveField("counter", "opens"),
        migrations.RemoveField("counter", "closes"),
        migrations.RemoveField("counter", "weekdays"),
        migrations.AddConstraint(
            "counter",
            models.UniqueConstraint(
                condition=models.Q(("closed_on", None)), fields=("area", "name"), name="places_counter_once"
            ),
        ),
    ]
