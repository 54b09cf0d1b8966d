"""What a reader read and each step of people on it are never changed: the database refuses it."""

from django.db import migrations

TABLES = ("campaigns_reading", "campaigns_readingversion")
FORWARD = "\n".join(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse();"
    for table in TABLES
)
BACKWARD = "\n".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    """Triggers on readings and their versions."""

    dependencies = [("campaigns", "0006_reading_jobs"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
