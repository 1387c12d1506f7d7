"""Who may see what of the people with sequelae: a role opens one purpose, and no role opens everything.

The same sets stand in the row policies of the tables (``operations.Purpose``): a page that forgets to ask is answered by the
database. Sensitive personal information needs a specific purpose and necessity (个人信息保护法 第二十八条).
"""

from yizheng.people.kinds import Role

PHYSICIANS = frozenset({Role.ORTHOPAEDIST, Role.RESPIRATORY})
"""They sit together at a consultation and see the same page; each writes the opinion of her own field."""
EXPERTS = PHYSICIANS | {Role.PSYCHOLOGIST}
EVERYBODY = EXPERTS | {Role.COHORT_KEEPER, Role.COHORT_ADMIN, Role.COHORT_STATISTICIAN}
KNOW_NAMES = EVERYBODY - {Role.COHORT_STATISTICIAN}
SEE_EXAMINATIONS = PHYSICIANS | {Role.COHORT_KEEPER, Role.COHORT_STATISTICIAN}
SEE_OPINIONS = PHYSICIANS | {Role.COHORT_STATISTICIAN}
SEE_IMAGES = PHYSICIANS | {Role.COHORT_KEEPER}
SEE_SCORES = frozenset({Role.PSYCHOLOGIST, Role.COHORT_STATISTICIAN})
SEE_ANSWERS = frozenset({Role.PSYCHOLOGIST})
SEE_CONTROLS = frozenset({Role.COHORT_KEEPER, Role.COHORT_STATISTICIAN})
EXPORT = PHYSICIANS | {Role.COHORT_KEEPER, Role.COHORT_STATISTICIAN}
"""Who may ask that something leaves; an administrator, who sees no content, agrees."""
SEE_EXPORTS = EXPORT | {Role.COHORT_ADMIN}
TAKE_IN = frozenset({Role.COHORT_KEEPER})
MANAGE = frozenset({Role.COHORT_ADMIN})
ASSESS = frozenset({Role.PSYCHOLOGIST})
"""Who takes questionnaires down and ends alerts."""
LOOK = TAKE_IN | PHYSICIANS
"""Who writes down that no identity stands in a picture."""
ANALYSE = frozenset({Role.COHORT_STATISTICIAN})
