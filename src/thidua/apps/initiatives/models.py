"""Initiatives: the application with its authors, the assessments, the recognition, and what it was used for."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from thidua.apps.files.models import StoredFile
from thidua.apps.initiatives.states import InitiativeState
from thidua.apps.records.models import Achievement
from thidua.apps.records.states import AchievementKind, Scope
from thidua.apps.units.models import Owned, Person


class Initiative(Owned):
    """An application for recognition (đơn yêu cầu công nhận sáng kiến) and what became of it.

    Fields follow Decree 13/2012, Article 5, paragraph 3. ``first_applied_on`` is when it was first put to use.
    """

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=AchievementKind.choices, default=AchievementKind.INITIATIVE)
    name = models.CharField(max_length=300)
    field = models.CharField(max_length=200, blank=True)
    essence = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    benefit = models.TextField(blank=True)
    first_applied_on = models.DateField(null=True)
    scope_asked = models.CharField(max_length=20, choices=Scope.choices, default=Scope.BASE)
    state = models.CharField(max_length=20, choices=InitiativeState.choices, default=InitiativeState.DRAFT)
    drafted_by = models.CharField(max_length=200)
    applied_on = models.DateField(null=True)
    answer_due = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    decision_due = models.DateField(null=True)
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Author(Owned):
    """One author and their share of the work in per cent."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-share", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "person"], name="initiatives_author_once"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="initiatives_author_share"),
        ]


class Remark(Owned):
    """A note beside an application: why it was returned, or why it comes late; the author's words are never edited."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="remarks")
    note = models.CharField(max_length=1000)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)


class Assessment(Owned):
    """One assessor's judgement on the three anchors; an author never assesses their own."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    novelty = models.PositiveSmallIntegerField()
    application = models.PositiveSmallIntegerField()
    effect = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=1000)
    given_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "person"], name="initiatives_assessment_once")]


class Recognition(Owned):
    """The head's recognition: scope, decision, day; each author then has an achievement on record."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="recognition")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    decision = models.CharField(max_length=100)
    on = models.DateField()
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    recognised_by = models.CharField(max_length=200)


class Use(Owned):
    """What a recognised achievement of one author was used for: one title of one year, once.

    ``turn`` counts the uses of an achievement for a title: a second one only follows the release of the first.
    ``because`` says why it was this achievement.
    """

    achievement = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="uses")
    title = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    used_for = models.CharField(max_length=80)
    because = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["achievement", "title", "turn"], name="initiatives_use_once")]


class UseRelease(Owned):
    """That a use no longer stands, because what it was used for was annulled: the achievement is free again.

    ``released_for`` is the address of what annulled it; the use itself stays in the ledger.
    """

    use = models.OneToOneField(Use, on_delete=models.PROTECT, related_name="release")
    released_for = models.CharField(max_length=80)
    because = models.CharField(max_length=500)
    released_at = models.DateTimeField(default=timezone.now)
