"""The public register of institutions: found by name, number, district, subject and kind, and read in lists (医疗机构公示)."""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yizheng.disclosure import keys
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.district_map import tiles
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.pages.open import limited
from yizheng.disclosure.sources import source_of
from yizheng.kernel.codes import table
from yizheng.kernel.names import fold_name

SIZE = 20
STATES = ("有效", "已备案", "暂停", "已超期", "已注销", "吊销")
"""The states a list can be narrowed to."""
CITY = "110000"
PENALISED = "penalised"
LISTS = {
    "deferred": ("暂缓校验", ("check_suspended",), "整改期间不得发布医疗信息和广告；不设床位的不得执业"),
    "overdue": ("应校验未校验", ("check_due",), "校验期已满还没有办理校验"),
    "stopped": ("停业", ("closed_temp", "suspended_penalty"), "停业期间不开展诊疗活动"),
    "ended": ("已注销", ("deregistered", "filing_cancelled"), "登记或者备案已经注销，不得执业"),
    "revoked": ("吊销", ("revoked",), "许可证被依法吊销，不得执业"),
    PENALISED: ("行政处罚", (), "公示期内的行政处罚"),
}
"""The lists that are announced: title, the states of the register in it, what that means (医疗机构管理条例实施细则 第三十九条).

That of penalties is not of a state but of those whose term of publication has not ended (行政处罚法 第四十八条)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty where it is not."""

    q: str = ""
    district: str = ""
    subject: str = ""
    kind: str = ""
    state: str = ""
    list: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> "Wanted":
        """As asked, codes that no table knows left out."""
        asked = {each.name: keys.cleaned(request.GET.get(each.name, ""))[:100] for each in fields(cls)}
        known: dict[str, Any] = {
            "district": table("district"), "subject": table("clinical_subject"), "kind": table("institution_category"),
            "state": STATES, "list": LISTS,
        }  # fmt: skip
        return cls(**{name: said if name not in known or said in known[name] else "" for name, said in asked.items()})

    def entries(self, *, everywhere: bool = False) -> QuerySet[PublicInstitution]:
        """The entries that fit; those of every district where the figures of the map are asked."""
        found = PublicInstitution.objects.all()
        if self.q:
            number = self.q.replace("-", "").upper()
            found = found.filter(Q(name_key__contains=fold_name(self.q)) | Q(numbers__contains=[number]))
        narrowed: dict[str, Any] = {
            "district_code": "" if everywhere else self.district, "category_code__startswith": self.kind,
            "state": self.state, "subject_codes__contains": [self.subject] if self.subject else "",
            "status__in": LISTS[self.list][1] if self.list else "",
            "penalised_until__gte": timezone.localdate() if self.list == PENALISED else "",
        }  # fmt: skip
        return found.filter(**{name: value for name, value in narrowed.items() if value})

    def query(self, **other: str) -> str:
        """The question as an address has it, with other values."""
        said = {each.name: getattr(self, each.name) for each in fields(self)} | other
        return urlencode({name: value for name, value in said.items() if value})


@require_safe
@limited(LOOKUPS)
def institutions(request: HttpRequest) -> HttpResponse:
    """The search with the map of districts, and what it finds twenty at a time, by name; ``?after=`` an entry."""
    wanted, today = Wanted.read(request), timezone.localdate()
    found = wanted.entries()
    last = request.GET.get("after", "")
    if last:
        before = get_object_or_404(PublicInstitution, token=last)
        later = Q(name_key__gt=before.name_key) | Q(name_key=before.name_key, subject__gt=before.subject)
        found = found.filter(later)
    entries = list(found.order_by("name_key", "subject")[: SIZE + 1])
    by_district = wanted.entries(everywhere=True).values_list("district_code").annotate(n=Count("subject"))
    counts = dict(by_district.order_by())
    context = {
        "wanted": wanted,
        "query": wanted.query(),
        "entries": entries[:SIZE],
        "count": counts.get(wanted.district, 0) if wanted.district else sum(counts.values()),
        "first": not last,
        "after": entries[SIZE - 1].token if len(entries) > SIZE else "",
        "tiles": [
            (tile, wanted.query(district="" if tile.code == wanted.district else tile.code)) for tile in tiles(counts)
        ],
        "lists": [(code, title) for code, (title, _, _) in LISTS.items()],
        "listed": LISTS.get(wanted.list),
        "districts": [row for row in table("district").items(today) if row.code != CITY],
        "kinds": [row for row in table("institution_category").items(today) if row.parent is None],
        "subjects": [row for row in table("clinical_subject").items(today) if row.parent is None],
        "states": STATES,
    }
    return render(request, "disclosure/institutions.html", context)


@require_safe
@limited(LOOKUPS)
def institution(request: HttpRequest, token: str) -> HttpResponse:
    """One institution: how it stands in a sentence, its licence, and the way to object."""
    entry, today = get_object_or_404(PublicInstitution, token=token), timezone.localdate()
    context = {
        "entry": entry,
        "today": today,
        "penalties": entry.penalties_on(today),
        "sent": request.GET.get("sent") == "1",
        "objection_url": source_of(entry.register).objection_address(token),
        "meaning": next((words for _, codes, words in LISTS.values() if entry.status in codes), ""),
    }
    return render(request, "disclosure/institution.html", context)
