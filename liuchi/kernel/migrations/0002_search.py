"""The tokens of the search index, in what each database has for it."""

from django.db import migrations


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        # ascii: every sign beyond ASCII belongs to a token, whatever Unicode tables this SQLite was built with
        schema_editor.execute(
            "CREATE VIRTUAL TABLE kernel_search_fts USING fts5(kind, text, content='', tokenize=\"ascii tokenchars '_'\")"
        )
    else:
        schema_editor.execute("ALTER TABLE kernel_search ADD COLUMN tokens tsvector")
        schema_editor.execute("CREATE INDEX kernel_search_tokens ON kernel_search USING gin (tokens)")


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE kernel_search_fts")
    else:
        schema_editor.execute("ALTER TABLE kernel_search DROP COLUMN tokens")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
