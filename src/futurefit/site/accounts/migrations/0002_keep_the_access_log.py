from django.db import migrations

from futurefit.site.accounts import guards


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(guards.install, guards.remove)]
