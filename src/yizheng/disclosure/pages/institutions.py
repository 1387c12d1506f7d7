"""The public register of institutions: found by name, number, district, subject and kind, and read in lists (医疗机构公示)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yizheng.disclosure import keys
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.pages.open import limited
from yizheng.kernel.codes import table
from yizheng.kernel.names import fold_name

SIZE = 20
MOST_PAGES = 1000
STATES = ("有效", "已备案", "暂停", "已超期", "已注销", "吊销")
"""The states a list can be narrowed to."""
CITY = "110000"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty where it is not."""

    text: str = ""
    district: str = ""
    subject: str = ""
    kind: str = ""
    state: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> "Wanted":
        """As asked, codes that no table knows left out."""
        asked = {
            name: keys.cleaned(request.GET.get(name, ""))[:100]
            for name in ("q", "district", "subject", "kind", "state")
        }
        return cls(
            asked["q"],
            asked["district"] if asked["district"] in table("district") else "",
            asked["subject"] if asked["subject"] in table("clinical_subject") else "",
            asked["kind"] if asked["kind"] in table("institution_category") else "",
            asked["state"] if asked["state"] in STATES else "",
        )

    @property
    def entries(self) -> QuerySet[PublicInstitution]:
        """The entries that fit, by name."""
        found = PublicInstitution.objects.all()
        if self.text:
            number = self.text.replace("-", "").upper()
            found = found.filter(Q(name_key__contains=fold_name(self.text)) | Q(number=number))
        narrowed: dict[str, Any] = {
            "district_code": self.district, "category_code__startswith": self.kind, "state": self.state,
            "subject_codes__contains": [self.subject] if self.subject else "",
        }  # fmt: skip
        return found.filter(**{name: value for name, value in narrowed.items() if value}).order_by(
            "name_key", "subject"
        )

    @property
    def query(self) -> str:
        """The question as an address has it."""
        named = {
            "q": self.text,
            "district": self.district,
            "subject": self.subject,
            "kind": self.kind,
            "state": self.state,
        }
        return urlencode({name: value for name, value in named.items() if value})


@require_safe
@limited(LOOKUPS)
def institutions(request: HttpRequest) -> HttpResponse:
    """The search, and what it finds twenty at a time; without a question every institution, by name."""
    wanted, number = Wanted.read(request), _page(request.GET.get("page", ""))
    entries = list(wanted.entries[(number - 1) * SIZE : number * SIZE + 1])
    today = timezone.localdate()
    context = {
        "wanted": wanted,
        "entries": entries[:SIZE],
        "earlier": number - 1,
        "later": number + 1 if len(entries) > SIZE and number < MOST_PAGES else 0,
        "districts": [row for row in table("district").items(today) if row.code != CITY],
        "kinds": [row for row in table("institution_category").items(today) if row.parent is None],
        "subjects": [row for row in table("clinical_subject").items(today) if row.parent is None],
        "states": STATES,
        "today": today,
    }
    return render(request, "disclosure/institutions.html", context)


def _page(text: str) -> int:
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text) else 1
