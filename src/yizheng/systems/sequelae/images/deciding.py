"""Decisions by hand about images: whose a study is, that no identity is burned into it, and what became of a disc."""

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.images import keeping
from yizheng.systems.sequelae.images.taking import Refused
from yizheng.systems.sequelae.linking.deciding import names_apart
from yizheng.systems.sequelae.models import Delivery, Person, Study
from yizheng.systems.sequelae.models.images import Medium, StudyState
from yizheng.systems.sequelae.models.purposes import may_write
from yizheng.systems.sequelae.office import office_key


@transaction.atomic
def decide(account: Account, study_key: int, person: Person | None, why: str, *, sure: bool = False) -> Study:
    """Say whose a study is, or that it is nobody's here. Its files go under the key of whom they are of. Raises Refused."""
    _keeper(account)
    if not why.strip():
        raise Refused("请写明理由")
    study = Study.objects.select_for_update(of=("self",)).select_related("person").filter(pk=study_key).first()
    if study is None:
        raise Refused("没有这项检查")
    said = sealing.opened([(office_key(), study.sealed)])[0]["name"]
    if person is not None and not sure and (words := names_apart(account, person, said)):
        raise Refused(words)
    before = keeping.holder(study)
    study.person, study.decider, study.why = person, account, why.strip()[:200]
    study.state = StudyState.ACCEPTED if person else StudyState.REJECTED
    study.save(update_fields=["person", "decider", "why", "state"])
    keeping.seal_again(study.images.all(), before, study)
    audit.record(
        account, "sequelae.image_person", f"sequelae_study:{study.pk}", {"person": person.pk if person else None}
    )
    return study


def looked(account: Account, study: Study) -> None:
    """Write down that somebody looked at every image and no identity stands in the pixels. Raises Refused."""
    if not may_write(account, Study):
        raise Refused("图中有无身份信息由看得到影像的人核对")
    Study.objects.filter(pk=study.pk).update(looked=account)
    audit.record(account, "sequelae.image_clean", f"sequelae_study:{study.pk}", {})


def settle_medium(account: Account, delivery: Delivery, to: str) -> None:
    """Write down that a disc was returned or destroyed; once. Raises Refused."""
    _keeper(account)
    if to not in (Medium.RETURNED, Medium.DESTROYED):
        raise Refused("请选择介质去向")
    if not Delivery.objects.filter(pk=delivery.pk, way="disc", medium="").update(medium=to, medium_at=timezone.now()):
        raise Refused("没有待办理的介质")
    audit.record(account, "sequelae.medium", f"sequelae_delivery:{delivery.pk}", {"to": to})


def _keeper(account: Account) -> None:
    if not may_write(account, Delivery):
        raise Refused("由体检校对人员办理")
