"""What every page knows: who is looking, and whether the data is for demonstration."""

from django.http import HttpRequest

from thidua.apps.accounts.queries import Actor


def site(request: HttpRequest) -> dict[str, object]:
    """The actor (or None) and their agency."""
    actor: Actor | None = getattr(request, "actor", None)
    return {"actor": actor, "agency": actor.agency if actor else None}
