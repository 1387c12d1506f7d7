"""Facts of people, loaded as intake loads them: identities, educations, qualifications, registrations that change.

A registration stated again from a later day splices the line: what stood is closed, its earlier part opened anew.
"""

from collections.abc import Sequence
from typing import Any

from yizheng.cli.bench.scales import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import as_job, with_defaults
from yizheng.registry import ChangeKind, StateFact, changing, load_states
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.practitioners.models import Education, PersonIdentity

PORTION = 250_000
_FOREVER = "date '9999-12-31' as valid_to"
_SCOPES = "(select array_agg(id order by id) from people_scope where kind = 'district')"

_IDENTITY = f"""
select subject as subject_id, 'identity' as line, birth as valid_from, {_FOREVER},
       ({_SCOPES})[1 + number %% 16] as authority_scope, name, sex, birth as birth_date, '01' as ethnic_group,
       '156' as nationality, '' as photo
from bench_person where number >= %s and number < %s
"""
_EDUCATION = f"""
select subject as subject_id, 'education:1' as line, birth + 8400 as valid_from, {_FOREVER},
       ({_SCOPES})[1 + number %% 16] as authority_scope, '21' as level, '410' as degree,
       (array['华北示范医科大学', '燕山医学院', '永定河医科大学', '京南中医药大学'])[1 + number %% 4] as school,
       '临床医学' as major, 'full_time' as learning_form, birth + 8400 as graduated_on
from bench_person where number >= %s and number < %s
"""
_QUALIFICATION = f"""
select subject as subject_id, 'qualification:1' as line, birth + 9100 as valid_from, {_FOREVER},
       ({_SCOPES})[1 + number %% 16] as authority_scope, case when number %% 8 = 0 then '2' else '1' end as level,
       (array['clinical', 'clinical', 'clinical', 'tcm', 'stomatology'])[1 + number %% 5] as category,
       birth + 9100 as qualified_on, '北京市卫生健康委员会' as issuer, 'exam' as way, name as holder_name
from bench_person where number >= %s and number < %s
"""
_REGISTRATION = f"""
select p.subject as subject_id,
       'registration:' || case when p.number %% 8 = 0 then '2:110101' else '1:110000' end as line,
       p.birth + 9500 + %s * 900 as valid_from, {_FOREVER}, h.scope as authority_scope,
       case when p.number %% 8 = 0 then '2' else '1' end || '10' || (110101 + p.number / 1000000)::text
           || lpad((p.number %% 1000000)::text, 6, '0') as practice_number,
       case when p.number %% 8 = 0 then '2' else '1' end as level,
       (array['clinical', 'clinical', 'clinical', 'tcm', 'stomatology'])[1 + p.number %% 5] as category,
       array[(array['11', '12', '13', '14', '21'])[1 + p.number %% 5]] as scopes,
       case when p.number %% 8 = 0 then '110101' else '110000' end as place, h.subject as institution_id,
       (array['内科', '外科', '妇产科', '儿科', '急诊科'])[1 + (p.number + %s) %% 5] as department,
       'contract' as employment,
       case when %s and p.number %% 23 = 0 then 'DEREG' when %s and p.number %% 97 = 0 then 'LEFT' else 'REG' end as status,
       '' as reason, p.birth + 9500 as issued_on, p.birth + 9500 as first_practised_on, true as is_primary, '' as remark
from bench_person p join bench_house h
  on h.number = floor(%s * power(((p.number::bigint * 48271 + %s * 7919) %% 1000003) / 1000003.0, 3))::int
where p.number >= %s and p.number < %s
"""
"""Few institutions are large and many small: the share of a number is cubed."""


def build(steps: Steps, scale: Scale) -> None:
    """All facts; later registrations state the line from a later day."""
    _load(steps, "identity", scale.people, PersonIdentity, _IDENTITY)
    _load(steps, "education", scale.people, Education, _EDUCATION)
    _load(steps, "qualification", scale.people * 6 // 10, Qualification, _QUALIFICATION)
    for turn in range(scale.registrations):
        last = turn == scale.registrations - 1
        given = [turn, turn, last, last, scale.institutions, 0 if turn == 0 else turn]
        _load(steps, f"registration{turn}", scale.doctors, Registration, _REGISTRATION, given)


def _load(
    steps: Steps, name: str, total: int, model: type[StateFact], relation: str, given: Sequence[Any] = ()
) -> None:
    for portion, first, end in steps.portions(f"load-{name}", total, PORTION):

        def load(first: int = first, end: int = end, portion: str = portion) -> int:
            with (
                as_job(f"bench: {name}"),
                changing(kind=ChangeKind.INTAKE, actor=None, cause=f"bench:{portion}", reason="测量用数据") as change,
            ):
                whole = with_defaults(model, relation, [*given, first, end])
                outcome = load_states(change, model, whole, [*given, first, end])
            return outcome.stated + outcome.closed

        steps.once(portion, load)
        if first == 0:
            steps.owner.execute(f'analyze "{model.fact_table()}"')
