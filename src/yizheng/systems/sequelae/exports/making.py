"""Making the file that leaves: under aliases, without names and numbers, without who withdrew; its digest is written down.

Images are left out until somebody looked that no identity stands in their pixels; how many is told.
"""

import csv
import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO

from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae.consents.keeping import consenting
from yizheng.systems.sequelae.consultation.years import years_of_many
from yizheng.systems.sequelae.examinations.fields import fields
from yizheng.systems.sequelae.exports.asking import Refused
from yizheng.systems.sequelae.images import keeping
from yizheng.systems.sequelae.images.deidentifying import deidentified, mask_of, other_uid
from yizheng.systems.sequelae.models import Export, Person, Study
from yizheng.systems.sequelae.models.exports import What

OPEN_FOR = timedelta(days=7)
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Made:
    """A file that leaves, and how many studies stayed behind because nobody had looked at them."""

    name: str
    media_type: str
    content: bytes
    left_out: int = 0


def take(account: Account, export: Export) -> Made:
    """Make the file for who asked. Raises Refused."""
    if export.account_id != account.pk:
        raise Refused("由申请人取走")
    if export.agreed_at is None:
        raise Refused("还没有批准，须由随访管理人员在“待批准”中同意")
    if export.agreed_at + OPEN_FOR < timezone.now():
        raise Refused("已过取走期限，请重新申请")
    persons = Person.objects.visible_to(account).order_by("code")
    chosen = consenting(account, persons.filter(code__in=export.codes) if export.codes else persons)
    made = _data(account, export, chosen) if export.what == What.DATA else _images(account, export, chosen)
    digest = hashlib.sha256(made.content).hexdigest()
    Export.objects.filter(pk=export.pk).update(digest=digest, taken_at=timezone.now())
    audit.record(account, "sequelae.export_taken", f"sequelae_export:{export.pk}", {"digest": digest})
    return made


def _data(account: Account, export: Export, persons: list[Person]) -> Made:
    written = StringIO(BOM)
    written.seek(0, 2)
    lines = csv.writer(written)
    lines.writerow(["代号", "性别", "出生年", "类别", "年度", *(each.title for each in fields().values())])
    years = years_of_many(account, persons)
    for each in persons:
        head = [mask_of(each.pk).alias, each.get_sex_display(), each.birth_year, each.get_infected_display()]
        for year in years.get(each.pk, []):
            cells = (year.cells.get(code) for code in fields())
            lines.writerow([*head, year.year, *("" if cell is None else cell.said() for cell in cells)])
    return Made(f"随访数据_{export.pk}.csv", "text/csv; charset=utf-8", written.getvalue().encode())


def _images(account: Account, export: Export, persons: list[Person]) -> Made:
    packed, left_out = BytesIO(), 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for person in persons:
            for study in Study.objects.visible_to(account).of(person):
                if study.looked_id is None:
                    left_out += 1
                    continue
                for name, content in _objects(study, person):
                    package.writestr(name, content)
    return Made(f"随访影像_{export.pk}.zip", "application/zip", packed.getvalue(), left_out)


def _objects(study: Study, person: Person) -> Iterator[tuple[str, bytes]]:
    mask = mask_of(person.pk)
    for image in study.images.select_related("study__person"):
        yield (
            f"{mask.alias}/{other_uid(study.uid)}/{other_uid(image.uid)}.dcm",
            deidentified(keeping.content_of(image), mask),
        )
