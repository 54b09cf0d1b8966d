"""Pages of a campaign: the plan as it was read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from thidua.apps.campaigns.models import Campaign
from thidua.apps.campaigns.queries import bases, clauses


@login_required
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: head, bases, clauses, targets, and the repairs made in reading."""
    found: Campaign = get_object_or_404(Campaign.objects.select_related("plan__document"), pk=pk)
    context = {
        "campaign": found,
        "reading": found.plan.reading,
        "bases": bases(found.plan),
        "clauses": clauses(found.plan),
        "targets": found.targets.all(),
    }
    return render(request, "campaigns/campaign.html", context)
