from django.db import migrations, models

from futurefit.site.ledger import guards


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_append_only"),
    ]

    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.AddField(
            model_name="entry",
            name="evidence",
            field=models.TextField(
                blank=True,
                choices=[
                    ("VIREMENT", "Virement"),
                    ("CONTRACT_VARIATION", "Contract variation"),
                    ("POST_DELETED", "Post deleted"),
                    ("INCOME_RECEIVED", "Income received"),
                ],
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="evidence_source",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("evidence", ""), ("evidence_source", None)),
                    models.Q(
                        (
                            "evidence__in",
                            ["VIREMENT", "CONTRACT_VARIATION", "POST_DELETED", "INCOME_RECEIVED"],
                        ),
                        ("evidence_source__isnull", False),
                        ("kind", "deliver"),
                    ),
                    _connector="OR",
                ),
                name="entry_evidence_is_of_a_delivery",
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
