"""The tables of public disclosure: entries of practitioners and institutions, figures of the home, allowances.

They hold public fields only and so have no row security.
"""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.crypto import get_random_string

from yizheng.disclosure.content.models import Article, ArticleEvent, ArticleFile, ArticleVersion, PublicArticle
from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PracticeScope, PublicPenalty
from yizheng.disclosure.standings import Standing

__all__ = [
    "Allowance", "Article", "ArticleEvent", "ArticleFile", "ArticleVersion", "OpenDataDay", "PublicArticle",
    "PublicInstitution", "PublicPractitioner", "PublicTally",
]  # fmt: skip


class Allowance(models.Model):
    """One bucket. It refills with time and is forgotten when full for a day."""

    key = models.BinaryField(max_length=16, primary_key=True)
    tokens = models.FloatField()
    filled = models.DateTimeField()
    granted = models.BooleanField()

    class Meta:
        indexes = (models.Index(fields=["filled"], name="disclosure_allowance_filled"),)

    def __str__(self) -> str:
        return f"{self.tokens:.1f}"


TOKEN_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # noqa: S105 — an alphabet, without look-alikes


def new_token() -> str:
    """A fixed address for an entry that cannot be guessed or counted, so that entries cannot be listed."""
    return get_random_string(20, TOKEN_ALPHABET)


class PublicPractitioner(models.Model):
    """What the public may see of somebody in a register. The keys are folded names for looking up, not for showing."""

    pk = models.CompositePrimaryKey("register", "subject")
    register = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    token = models.CharField(max_length=20, unique=True, default=new_token)
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100)
    institution_keys = models.TextField()
    practice_number = models.CharField(max_length=40)
    standing = models.CharField(max_length=12, choices=[(code.value, code.value) for code in Standing])
    standing_since = models.DateField(null=True)
    sex = models.CharField(max_length=4)
    level = models.CharField(max_length=20)
    category = models.CharField(max_length=30)
    place = models.CharField(max_length=60)
    authority = models.CharField(max_length=100)
    first_registered = models.DateField()
    registered_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=20, db_default="")
    stored_scopes = models.JSONField(default=list)
    stored_main = models.JSONField(null=True)
    stored_others = models.JSONField(default=list)
    stored_periods = models.JSONField(default=list)
    stored_milestones = models.JSONField(default=list)
    stored_notes = models.JSONField(default=list)
    refreshed = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["name_key"], name="disclosure_by_name"),
            models.Index(fields=["practice_number"], name="disclosure_by_number"),
            models.Index(fields=["register", "registered_on"], name="disclosure_newly_registered"),
            models.Index(fields=["register", "ended_on"], name="disclosure_newly_ended"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.register} #{self.subject}"

    @property
    def scopes(self) -> list[PracticeScope]:
        """The scopes of practice."""
        return [PracticeScope(name, _day(added) if added else None) for name, added in self.stored_scopes]

    @property
    def main(self) -> PracticePlace | None:
        """The main institution."""
        return _place(self.stored_main) if self.stored_main else None

    @property
    def others(self) -> list[PracticePlace]:
        """Institutions by filing, past ones included."""
        return [_place(row) for row in self.stored_others]

    @property
    def periods(self) -> list[Period]:
        """How the registration stood over time."""
        return [
            Period(Standing(code), _day(since), _day(until), institution, tuple(scopes), *more)
            for code, since, until, institution, scopes, *more in self.stored_periods
        ]

    @property
    def milestones(self) -> list[Milestone]:
        """The public history, newest first."""
        return [Milestone(_day(on), words) for on, words in self.stored_milestones]

    @property
    def notes(self) -> list[Note]:
        """Further public fields that only some entries have."""
        return [Note(label, words) for label, words in self.stored_notes]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _place(row: list[str]) -> PracticePlace:
    institution, name, since, until = row
    return PracticePlace(int(institution), name, _day(since), _day(until))


class PublicInstitution(models.Model):
    """What the public may see of an institution: how it stands, what its licence says, its subjects (条例 第二十五条)."""

    pk = models.CompositePrimaryKey("register", "subject")
    register = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    token = models.CharField(max_length=20, unique=True, default=new_token)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=60)
    district = models.CharField(max_length=40)
    authority = models.CharField(max_length=100)
    in_force = models.BooleanField()
    valid_from = models.DateField()
    name_key = models.CharField(max_length=200, default="")
    number = models.CharField(max_length=40, default="")
    state = models.CharField(max_length=20, default="")
    state_detail = models.CharField(max_length=40, default="")
    district_code = models.CharField(max_length=6, default="")
    category_code = models.CharField(max_length=12, default="")
    status = models.CharField(max_length=20, default="")
    numbers = ArrayField(models.CharField(max_length=40), default=list)
    subject_codes = ArrayField(models.CharField(max_length=10), default=list)
    stored_notes = models.JSONField(default=list)
    stored_subjects = models.JSONField(default=list)
    stored_penalties = models.JSONField(default=list)
    penalised_until = models.DateField(null=True)
    """The last day on which one of the penalties is shown; nothing where none is."""
    refreshed = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["name_key", "subject"], name="disclosure_institution_name"),
            GinIndex(fields=["numbers"], name="disclosure_institution_number"),
            models.Index(fields=["status"], name="disclosure_institution_status"),
            models.Index(
                fields=["penalised_until"],
                name="disclosure_penalised",
                condition=models.Q(penalised_until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> str:
        """The state word; entries made before there was one say whether the licence is in force."""
        return self.state or ("有效" if self.in_force else "无效")

    @property
    def notes(self) -> list[Note]:
        """What the licence and its duplicate say, in order."""
        return [Note(label, words) for label, words in self.stored_notes]

    @property
    def subjects(self) -> list[Note]:
        """The subjects, each with what is remarked of it."""
        return [Note(name, remark) for name, remark in self.stored_subjects]

    def penalties_on(self, day: date) -> list[PublicPenalty]:
        """The penalties whose term of publication has not ended by the day, the newest first."""
        every = [
            PublicPenalty(_day(decided), authority, number, what, behaviour, basis, _day(last) if last else None)
            for decided, authority, number, what, behaviour, basis, last in self.stored_penalties
        ]
        return [each for each in every if each.last_day is None or day <= each.last_day]


class PublicTally(models.Model):
    """How many entries of a register are in force, and when that was counted."""

    register = models.CharField(max_length=20, primary_key=True)
    in_force = models.BigIntegerField()
    counted = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register}: {self.in_force}"


class OpenDataDay(models.Model):
    """The open data of a day: the files and what changed since the day before by their digests, and the manifest that is signed."""

    day = models.DateField(primary_key=True)
    rows = models.IntegerField()
    csv = models.CharField(max_length=64)
    jsonl = models.CharField(max_length=64)
    changes = models.CharField(max_length=64)
    changed = models.IntegerField()
    manifest = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day} {self.rows}"
