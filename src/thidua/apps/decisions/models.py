"""Decisions with lists and money, the golden book, proposals for titles that others decide, and own templates."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thidua.apps.decisions.states import DecisionKind, DecisionState, ProposalState, TemplateKind
from thidua.apps.files.models import StoredFile
from thidua.apps.nominations.models import Nomination
from thidua.apps.units.models import Owned, Person, Unit


class Decision(Owned):
    """One decision of the head of the agency. ``amends`` is the decision that a supplement or an annulment is about.

    ``original`` is the paper as it was sent out; ``signed`` the copy that came back, which starts with the same bytes.
    ``overrides`` are the problems somebody set aside: [{"problem", "by", "because", "article"}].
    """

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    subject = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=DecisionState.choices, default=DecisionState.DRAFTED)
    dated = models.DateField()
    number = models.PositiveIntegerField(null=True)
    series = models.CharField(max_length=60)
    signer_post = models.CharField(max_length=100)
    signer_name = models.CharField(max_length=120)
    amends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="amended_by")
    because = models.CharField(max_length=500, blank=True)
    article = models.CharField(max_length=200, blank=True)
    drafted_by = models.CharField(max_length=200)
    sent_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    original = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    signed = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    overrides = models.JSONField(default=list)

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "agency",
                "series",
                "number",
                models.F("dated__year"),
                condition=Q(number__isnull=False),
                name="decisions_decision_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DecisionState.SIGNED)
                | Q(number__isnull=False, original__isnull=False, signed__isnull=False, signed_on__isnull=False),
                name="decisions_decision_signed_has_its_papers",
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.AWARD) | Q(amends__isnull=False),
                name="decisions_decision_amends_another",
            ),
        ]

    @property
    def number_text(self) -> str:
        """“125/QĐ-STC”, or “…/QĐ-STC” before it has a number."""
        return f"{self.number:02d}/{self.series}" if self.number else f"…/{self.series}"

    def __str__(self) -> str:
        return f"Quyết định số {self.number_text}"


class Line(Owned):
    """One title or form for one person or collective in one decision, with its money and its golden-book number.

    ``multiplier`` is a fraction as text; ``amount`` is in đồng, 0 with ``why`` where another line carries the money.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    nomination = models.ForeignKey(Nomination, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=20)
    title_name = models.CharField(max_length=120)
    multiplier = models.CharField(max_length=20)
    base_salary = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()
    why = models.CharField(max_length=300, blank=True)
    cite = models.CharField(max_length=300, blank=True)
    book_number = models.PositiveIntegerField(null=True)
    annuls = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="annulled_by")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person", "unit", "title"], name="decisions_line_once", nulls_distinct=False
            )
        ]

    @property
    def subject(self) -> Person | Unit:
        """Who receives it."""
        return self.person or self.unit


class GoldenBook(Owned):
    """The golden book (sổ vàng): certificate numbers, each given once for ever."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="book")

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["agency", "year", "number"], name="decisions_goldenbook_once")]


class Proposal(Owned):
    """A proposal (tờ trình) to whoever decides a title that the head of the agency cannot.

    ``overrides`` as of a decision; ``because`` says why a draft was given up.
    """

    year = models.PositiveSmallIntegerField()
    addressed_to = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.DRAFTED)
    dated = models.DateField()
    number = models.PositiveIntegerField(null=True)
    series = models.CharField(max_length=60)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True)
    drafted_by = models.CharField(max_length=200)
    overrides = models.JSONField(default=list)
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-dated", "-pk"]


class ProposalLine(Owned):
    """One nomination in a proposal; not ``live`` once the proposal was cancelled, so that another may have it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="lines")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="proposal_lines")
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nomination"], condition=Q(live=True), name="decisions_proposalline_once")
        ]


class PaperTemplate(Owned):
    """An agency's own Word template for one kind of paper, in use from ``since`` until another takes its place.

    ``because`` says why it was dropped without another in its place, ``ended_by`` who ended it; no row is deleted.
    """

    kind = models.CharField(max_length=20, choices=TemplateKind.choices)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["kind", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(superseded_at__isnull=True),
                name="decisions_papertemplate_one_in_use",
            ),
        ]
