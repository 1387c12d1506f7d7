"""The keys of a name stand once, whoever bears it, and who bears it stands in one row a scope.

What was found is found after as before: every name takes its keys along, those of one of its bearers.
"""

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity, searched_scopes
from yizheng.registry.operations import Grants, SubjectsExist

FORMER, BORNE = searched_scopes("people_searchkey"), searched_scopes("people_searchname")

CONVERTED = """
insert into people_searchname (subject_id, scope_id, person, name)
select distinct on (k.subject_id, k.scope_id) k.subject_id, k.scope_id, s.kind = 'person', k.key
from people_searchkey k join registry_subject s on s.id = k.subject_id
where k.kind = 'name'
order by k.subject_id, k.scope_id, k.id desc;

create temp table people_first_bearer on commit drop as
select distinct on (name, person) name, person, subject_id, scope_id from people_searchname
order by name, person, subject_id, scope_id;
analyze people_first_bearer;

insert into people_namekey (person, kind, key, name)
select distinct f.person, k.kind, k.key, f.name
from people_first_bearer f
join people_searchkey k on k.subject_id = f.subject_id and k.scope_id = f.scope_id
where case k.kind when 'name' then k.key = f.name when 'bigram' then position(k.key in f.name) > 0 else true end
order by f.person, k.kind, k.key, f.name;

drop table people_first_bearer;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_references_by_the_statement"),
        ("registry", "0005_subjects_exist_by_the_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BooleanField()),
                ("kind", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "scope", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_names",
                        to="registry.subject",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.scope",
                    ),
                ),
                ("person", models.BooleanField()),
                ("name", models.CharField(max_length=120)),
            ],
        ),
        migrations.RunSQL(CONVERTED, migrations.RunSQL.noop),
        migrations.RunSQL(FORMER[1], FORMER[0]),
        migrations.DeleteModel(name="SearchKey"),
        migrations.AddIndex(
            model_name="namekey", index=models.Index(fields=["person", "kind", "key", "name"], name="people_name_keys")
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(fields=["name", "person", "subject", "scope"], name="people_name_bearers"),
        ),
        SubjectsExist("people_searchname"),
        migrations.RunSQL(*BORNE),
        Grants("people_namekey", "select, insert"),
        Grants("people_searchname", "select, insert, update, delete"),
        RowSecurity("people_searchname", scope_column="scope_id"),
    ]
