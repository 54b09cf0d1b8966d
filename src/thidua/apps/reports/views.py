"""Pages of the scoreboard: every figure opens to its records."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from thidua.apps.accounts.middleware import ActorRequest
from thidua.apps.campaigns.models import Campaign, Target
from thidua.apps.evaluations.queries import latest_run
from thidua.apps.reports.access import visible_lines
from thidua.apps.reports.queries import campaign_scoreboard, target_standing
from thidua.apps.reports.queries.measure import Counter


@login_required
def scoreboard(request: ActorRequest, pk: int) -> HttpResponse:
    """The targets of a campaign and how each stands."""
    campaign: Campaign = get_object_or_404(Campaign.objects.all(), pk=pk)
    return render(request, "reports/scoreboard.html", {"board": campaign_scoreboard(campaign)})


@login_required
def target(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """One target's figure, opened to the records behind it as far as the reader may see."""
    found: Target = get_object_or_404(Target.objects.select_related("campaign"), campaign_id=pk, number=number)
    run = latest_run(found.campaign.year)
    standing = target_standing(found, Counter(run=run, year=found.campaign.year, reasons=True))
    context = {"standing": standing, "run": run, "shown": visible_lines(request.actor, standing)}
    return render(request, "reports/target.html", context)
