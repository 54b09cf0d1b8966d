from typing import Any

from django.db import migrations

RESULT, CLOSED = "result", "closed"
SESSION = "councils.session:"


def link(apps: Any, _editor: object) -> None:
    """Postings of results find their session by the record of the posting, and the session learns of them."""
    payloads = apps.get_model("audit", "Payload").objects.filter(entry__verb="post", body__of__startswith=SESSION)
    of = {payload.entry.target: payload.body["of"] for payload in payloads.select_related("entry")}
    for posting in apps.get_model("honours", "Posting").objects.filter(kind=RESULT, session=None).order_by("pk"):
        if named := of.get(f"honours.posting:{posting.pk}"):
            posting.session_id = int(named.removeprefix(SESSION))
            posting.save(update_fields=["session"])
    for session in (
        apps.get_model("councils", "Session").objects.filter(posted_until=None, postings__isnull=False).distinct()
    ):
        rows = list(session.postings.all())
        session.posted_until = max(row.closes_on for row in rows)
        if all(row.state == CLOSED for row in rows):
            session.posting_closed_on = max(row.closed_on for row in rows)
        session.save(update_fields=["posted_until", "posting_closed_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("councils", "0002_posting"),
        ("honours", "0002_posting"),
    ]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
