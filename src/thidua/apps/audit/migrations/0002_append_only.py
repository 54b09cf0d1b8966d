"""The database itself refuses to change the record: entries never, payloads only to be erased."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'So ghi viec chi duoc them: % tren % bi tu choi', TG_OP, TG_TABLE_NAME;
END $$;

CREATE FUNCTION audit_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id = OLD.id AND NEW.agency_key = OLD.agency_key AND NEW.entry_id = OLD.entry_id
       AND NEW.salt IS NULL AND NEW.body IS NULL AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Du lieu kem theo chi duoc xoa trang, khong duoc sua';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_payload_only_erase BEFORE UPDATE ON audit_payload
    FOR EACH ROW EXECUTE FUNCTION audit_only_erase();
CREATE TRIGGER audit_payload_no_delete BEFORE DELETE ON audit_payload
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_payload_no_truncate BEFORE TRUNCATE ON audit_payload
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
BACKWARD = """
DROP TRIGGER audit_entry_append_only ON audit_entry;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_payload_only_erase ON audit_payload;
DROP TRIGGER audit_payload_no_delete ON audit_payload;
DROP TRIGGER audit_payload_no_truncate ON audit_payload;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_only_erase();
"""


class Migration(migrations.Migration):
    """Triggers on the record."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
