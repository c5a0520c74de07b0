"""What the database itself holds of the books: lines are never changed, and on PostgreSQL no transfer is committed whose lines
don't sum to zero. SQLite has no check at the end of a transaction: there the actions and `liuchi points verify` see to it."""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER points_entry_stays BEFORE UPDATE ON points_entry"
    " BEGIN SELECT RAISE(ABORT, 'a line of the books is never changed'); END",
)
SQLITE_BACK = ("DROP TRIGGER points_entry_stays",)
POSTGRES = (
    """
    CREATE FUNCTION points_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a line of the books is never changed'; END $$
    """,
    "CREATE TRIGGER points_entry_stays BEFORE UPDATE OR DELETE ON points_entry FOR EACH ROW EXECUTE FUNCTION points_stays()",
    """
    CREATE FUNCTION points_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT sum(amount) FROM points_entry WHERE transfer_id = NEW.transfer_id) <> 0 THEN
            RAISE EXCEPTION 'transfer % does not sum to zero', NEW.transfer_id;
        END IF;
        RETURN NULL;
    END $$
    """,
    "CREATE CONSTRAINT TRIGGER points_entry_balanced AFTER INSERT ON points_entry DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION points_sums_to_zero()",
)
POSTGRES_BACK = (
    "DROP TRIGGER points_entry_balanced ON points_entry",
    "DROP TRIGGER points_entry_stays ON points_entry",
    "DROP FUNCTION points_sums_to_zero",
    "DROP FUNCTION points_stays",
)


def forwards(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement, None)


def backwards(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
