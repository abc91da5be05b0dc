import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "Line"),
                            ("project", "Project"),
                            ("workstream", "Workstream"),
                            ("theme", "Theme"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.TextField()),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=120)),
                ("by_user_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["kind", "code"], name="desk_commen_kind_6fff72_idx"),
                    models.Index(fields=["at"], name="desk_commen_at_f17601_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["line", "project", "workstream", "theme"]),
                            models.Q(("code", ""), _negated=True),
                        ),
                        name="comment_is_on_a_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalComment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "Line"),
                            ("project", "Project"),
                            ("workstream", "Workstream"),
                            ("theme", "Theme"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.TextField()),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=120)),
                ("by_user_id", models.BigIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("history_change_reason", models.TextField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical comment",
                "verbose_name_plural": "historical comments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "address",
                    models.TextField(help_text="Of this site, with its filters: /lines/?rag=RED"),
                ),
                ("shared", models.BooleanField(default=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="saved_view_named_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("address__startswith", "/"),
                            models.Q(("address__startswith", "//"), _negated=True),
                            models.Q(("address__contains", "\\"), _negated=True),
                        ),
                        name="saved_view_is_a_page_of_this_site",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("line", "Line"),
                            ("project", "Project"),
                            ("workstream", "Workstream"),
                            ("theme", "Theme"),
                        ],
                        max_length=12,
                    ),
                ),
                ("code", models.TextField()),
                (
                    "seen_number",
                    models.PositiveBigIntegerField(
                        help_text="The last journal that they have seen"
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(help_text="Up to when they have seen comments and words"),
                ),
                ("mailed_number", models.PositiveBigIntegerField()),
                ("mailed_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "ordering": ["kind", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["line", "project", "workstream", "theme"]),
                            models.Q(("code", ""), _negated=True),
                        ),
                        name="watch_is_on_a_subject",
                    ),
                    models.UniqueConstraint(fields=("user", "kind", "code"), name="watched_once"),
                ],
            },
        ),
    ]
