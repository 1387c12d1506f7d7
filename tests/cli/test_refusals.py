from tests.cli.installation import free_port, run


def test_an_unwritable_data_directory_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    refused = run("up", "--data", str(tmp_path / "file" / "var"), "--port", str(free_port()))
    assert refused.returncode == 1
    assert "无法写入数据目录" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_data_of_another_postgresql_version_is_one_sentence(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("13\n")
    refused = run("up", "--data", str(tmp_path), "--port", str(free_port()))
    assert refused.returncode == 1
    assert "PostgreSQL 13" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_unknown_command_shows_what_there_is():
    refused = run("fly")
    assert refused.returncode == 2
    assert "up" in refused.stderr


def test_help_lists_every_command():
    helped = run("--help")
    assert helped.returncode == 0
    for name in ("up", "test", "check", "verify", "identify", "manage"):
        assert f"\n  {name}" in helped.stdout


def test_verifying_where_there_is_no_register_is_one_sentence(tmp_path):
    refused = run("verify", "--data", str(tmp_path))
    assert refused.returncode == 1
    assert "还没有登记库" in refused.stderr
    assert "Traceback" not in refused.stderr
