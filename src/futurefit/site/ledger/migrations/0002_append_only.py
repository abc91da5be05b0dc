from django.db import migrations

from futurefit.site.ledger import guards


def make_head(apps, schema_editor):
    apps.get_model("ledger", "LedgerHead").objects.using(schema_editor.connection.alias).create(
        id=1
    )


class Migration(migrations.Migration):
    """The one head row, and the triggers that make the chain append-only."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        migrations.RunPython(guards.install, guards.remove),
    ]
