from django.db import migrations

from futurefit.site.ledger import guards


class Migration(migrations.Migration):
    """The triggers that keep named positions and the steps of months as they were written."""

    dependencies = [("ledger", "0005_rulings_kept_whole")]

    operations = [migrations.RunPython(guards.install, guards.install)]
