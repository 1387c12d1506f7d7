"""supervision.rules asked by files: a manifest beside its tables."""

import csv

import pytest

from yizheng.cli.compute import main
from yizheng.kernel.calculators import BadInput
from yizheng.systems.supervision.tables import read_tables

NURSES = "row,id_no,name,licence_no,valid_to,renewal_applied,main,others,status,status_from,change_to,change_reported\n"
SERVICES = (
    "id,date,institution,kind,person_id,role,supervisor_id,subject,operation,first_visit,drug,age,guardian,loaded\n"
)


@pytest.fixture
def asked(tmp_path):
    def write(tables: dict[str, str], parameters: str = '{"as_of": "2026-06-01"}') -> list[str]:
        manifest = "table,file\n" + "".join(f"{name},{name}.csv\n" for name in tables)
        for name, text in {**tables, "manifest": manifest}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        (tmp_path / "parameters.json").write_text(parameters)
        files = {"input": "manifest.csv", "parameters": "parameters.json", "output": "answer.csv"}
        return [
            "supervision.rules",
            *(word for name, file in files.items() for word in (f"--{name}", str(tmp_path / file))),
        ]

    return write


def test_the_tables_of_a_manifest_are_judged_on_a_day(asked, tmp_path):
    nurse = "1,P2,,L2,2026-05-31,,Z1,Z2:2026-01-01/2026-05-31;Z3:/,active,,,\n"
    shifts = "".join(
        f"{number},2026-05-20,{place},nursing,P2,nurse,,,,,,,,\n"
        for number, place in enumerate(("Z1", "Z2", "Z3", "Z4"))
    )
    assert main(asked({"nurses": NURSES + nurse, "services": SERVICES + shifts})) == 0
    with (tmp_path / "answer.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["rule", "subject", "date"], ["N02", "P2", "2026-06-01"], ["N04", "P2", "2026-05-20"],
        ]  # fmt: skip


def test_tables_without_rows_give_no_finding(asked, tmp_path):
    assert main(asked({"nurses": NURSES, "services": SERVICES})) == 0
    assert (tmp_path / "answer.csv").read_text() == "rule,subject,date\n"


@pytest.mark.parametrize(
    ("tables", "parameters", "sentence"),
    [
        ({"visits": SERVICES}, None, "第2行“table”的值“visits”不是监管规则的表"),
        ({"nurses": "row,id_no\n"}, None, "表“nurses”：缺少列“name”"),
        ({"services": SERVICES + "1,,Z1,nursing,P2,nurse,,,,,,,,\n"}, None, "第2行“date”没有填写"),
        ({"nurses": NURSES + "1,P2,,,,,Z1,Z2:x/,active,,,\n"}, None, "第2行“others”的值“Z2:x/”"),
        ({"nurses": NURSES}, "{}", "参数“as_of”的值“”不是日期"),
        ({"nurses": NURSES}, '{"as_of": "2026-02-30"}', "不是日期"),
    ],
)
def test_a_wrong_table_is_named_with_its_line(asked, tables, parameters, sentence, capsys):
    assert main(asked(tables, *filter(None, [parameters]))) == 2
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput, match="读不了文件"):
        read_tables([{"line": 2, "table": "nurses", "file": "none.csv"}], tmp_path)
