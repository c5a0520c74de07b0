from django.db import migrations, models

COUNTED = """
    INSERT INTO places_visit_of_day (point_id, local_date, count)
    SELECT point_id, local_date, SUM(count) FROM places_visit GROUP BY point_id, local_date
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="VisitDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("local_date", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "point",
                    models.ForeignKey(
                        db_index=False, on_delete=models.PROTECT, related_name="visit_days", to="places.servicepoint"
                    ),
                ),
            ],
            options={
                "db_table": "places_visit_of_day",
                "indexes": [models.Index(fields=["local_date", "point", "count"], name="places_visit_of_day_read")],
                "constraints": [
                    models.UniqueConstraint(fields=["point", "local_date"], name="places_visit_of_day_once")
                ],
            },
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="visit", name="places_visit_day"),
    ]
