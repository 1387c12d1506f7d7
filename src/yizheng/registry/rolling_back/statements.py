"""The statements of a rollback, one kind of fact at a time; `{table}` is the kind's table, `{images}` stands for IMAGES.

A version that a later change closed and a rollback of that change opened again is the same version in a new row:
its *image*. Rolling back follows images, so that a later change that no longer stands is no obstacle.

A batch is often taken back just after it was loaded, when the statistics know nothing of its rows and the planner takes a
hundred thousand for one. So what is compared lies in temporary tables that are analysed and indexed before they are asked,
and `+ 0` keeps the planner from an index whose condition it misjudges: no order of joins is then more than linear.
"""

# Rows: origin (a version the change opened) and each later image of it, the newest being open or closed for good.
IMAGES = """
with recursive image as (
    select f.id, f.subject_id, f.line, f.valid_from, f.closed from {table} f
    where f.opened = %(change)s and f.closed is distinct from %(change)s
    union all
    select r.id, r.subject_id, r.line, r.valid_from, r.closed
    from image i join registry_change undo on undo.undoes_id = i.closed
    join {table} r on r.opened + 0 = undo.id and r.subject_id = i.subject_id
                  and r.line = i.line and r.valid_from = i.valid_from
),
reopened as (
    select f.* from {table} f where f.closed = %(change)s and f.opened <> %(change)s
)
"""

# The lines the change has a lasting effect on, and how many versions would be closed and opened on each.
LINES = """
{images}
select subject_id, line, sum(closes)::int, sum(reopens)::int from (
    select subject_id, line, 1 as closes, 0 as reopens from image where closed is null
    union all
    select subject_id, line, 0, 0 from image where closed is not null
    union all
    select subject_id, line, 0, 1 from reopened
) touched
group by subject_id, line order by subject_id, line
"""

STAGE = """
create temp table registry_image on commit drop as {images} select * from image;
create temp table registry_reopened on commit drop as {images} select * from reopened;
create index on registry_image (id);
create index on registry_image (subject_id);
create index on registry_reopened (subject_id);
analyze registry_image, registry_reopened
"""
UNSTAGE = "drop table registry_image, registry_reopened"

# A line is refused when a later change that stands closed a version the change opened …
BUILT_UPON = """
select i.subject_id, i.line, min(i.closed) from registry_image i
where i.closed is not null and not exists (
    select from registry_change undo
    join {table} r on r.opened + 0 = undo.id and r.subject_id = i.subject_id
                  and r.line = i.line and r.valid_from = i.valid_from
    where undo.undoes_id = i.closed
)
group by i.subject_id, i.line
"""

# … when a later decision that stands relied on it (one undone in part still stands) …
RELIED_UPON = """
select i.subject_id, i.line, min(b.change_id) from registry_image i
join registry_basis b on b.fact_table = %(table)s and b.version = i.id and b.change_id <> %(change)s
where not exists (
    select from registry_change undo
    where undo.undoes_id = b.change_id
      and not exists (select from registry_change redo where redo.undoes_id = undo.id)
      and not exists (select from registry_keptline k where k.change_id = undo.id)
)
group by i.subject_id, i.line
"""

# … when it says who a subject is, nothing would say so any more, and later changes registered something about her …
FOUNDED_UPON = """
select i.subject_id, i.line, min(later.opened) from registry_image i
join ({others}) later on later.subject_id = i.subject_id
where i.closed is null
  and not exists (select from registry_reopened r where r.subject_id = i.subject_id and r.line = i.line)
group by i.subject_id, i.line
"""
OF_ANOTHER_KIND = """
select subject_id, opened from {table} where closed is null and opened + 0 > %(change)s
 and subject_id in (select subject_id from registry_image)
"""

# … or when a later change recorded something in a period that would be restored.
IN_THE_WAY = """
select r.subject_id, r.line, min(o.opened) from registry_reopened r
join {table} o on o.subject_id = r.subject_id and o.line = r.line and o.closed is null
              and o.valid_from < r.valid_to and r.valid_from < o.valid_to
where not exists (select from registry_image i where i.id = o.id)
group by r.subject_id, r.line
"""

# Subjects are locked in id order over all kinds at once; `{touched}` is the union of TOUCHED over the kinds.
TOUCHED = "select subject_id from {table} where opened = %(change)s or closed = %(change)s"
IS_TOUCHED = """
select '{name}' where exists (select from {table} where opened = %(change)s)
                   or exists (select from {table} where closed = %(change)s)
"""
LOCK = """
select count(*) from (
    select id from registry_subject where id in ({touched}) order by id for no key update
) held
"""

CLOSE = """
{images}
update {table} f set closed = %(undo)s from image i
where f.id = i.id and i.closed is null and not exists (
    select from registry_keptline k where k.change_id = %(undo)s and k.fact_table = %(table)s
       and k.subject_id = i.subject_id and k.line = i.line
)
"""

REOPEN = """
insert into {table} (opened, {columns})
select %(undo)s, {columns} from {table} f
where f.closed = %(change)s and f.opened <> %(change)s and not exists (
    select from registry_keptline k where k.change_id = %(undo)s and k.fact_table = %(table)s
       and k.subject_id = f.subject_id and k.line = f.line
)
"""
