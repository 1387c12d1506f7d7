"""`./yizheng up`: everything runs, from a fresh clone or after a crash, and stops together."""

import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence

from yizheng.cli import assets
from yizheng.cli.database import readiness
from yizheng.cli.database.databases import Addresses, Database, EmbeddedDatabase, database
from yizheng.cli.folders import Folders
from yizheng.cli.running import web
from yizheng.cli.running.nightly import Nightly
from yizheng.cli.running.populate import accounts_file
from yizheng.cli.running.processes import Children, Turn
from yizheng.cli.running.supervisor import Service, Supervisor, handle_missing_terminal, interrupt, on_stop_signals
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments

PATIENCE = 60.0


def main(arguments: Sequence[str]) -> int:
    """Start, watch, stop."""
    chosen = _parser().parse_args(arguments)
    folders = Folders.chosen(chosen.data)
    folders.make()
    turn = Turn(folders)
    if not turn.take():
        holder = turn.holder()
        raise Trouble(
            f"已经在运行（进程 {holder.pid}，数据目录 {folders.root}）：{holder.address or '正在启动，请稍候'}"
        )
    try:
        _run(folders, turn, chosen.port, demo=not chosen.no_demo)
    finally:
        turn.give_back()
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="./yizheng up", description="启动全部服务：数据库、网页、后台任务。Ctrl-C 停止。")
    parser.add_argument("--port", type=int, default=web.DEFAULT, help=f"网页端口，默认 {web.DEFAULT}")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    parser.add_argument("--no-demo", action="store_true", help="数据库为空时也不生成演示城市")
    return parser


def _run(folders: Folders, turn: Turn, port: int, *, demo: bool) -> None:
    began = time.monotonic()
    children = Children(folders.run / "children.json")
    for name in children.stop_orphans():
        print(f"已停止上次遗留的进程：{name}", flush=True)
    web.require_free(port)
    folders.secret("django-secret-key")
    assets.build()
    chosen = database(folders)
    nightly = Nightly(folders) if isinstance(chosen, EmbeddedDatabase) else None
    supervisor = Supervisor(chosen, [], children, nightly)
    on_stop_signals(interrupt)
    handle_missing_terminal()
    try:
        chosen.start()
        _prepare(folders, chosen.addresses)
        if demo:
            _demonstrate(folders, chosen.addresses)
        pages, worker = _services(folders, chosen.addresses, port)
        supervisor.begin(pages)
        if not web.answers(port, "/healthz", PATIENCE):
            raise Trouble(f"网页服务未能在 {PATIENCE:.0f} 秒内就绪，原因见日志 {folders.logs / 'web.log'}")
        supervisor.begin(worker)
        address = f"http://{web.HOST}:{port}/"
        turn.write(address)
        _announce(folders, chosen, address, time.monotonic() - began)
        supervisor.watch()
        print("正在停止…", flush=True)
    finally:
        supervisor.stop()
        (folders.run / "children.json").unlink(missing_ok=True)
    print("已全部停止。", flush=True)


def _services(folders: Folders, addresses: Addresses, port: int) -> list[Service]:
    environment = {"YIZHENG_PUBLIC_BASE": f"http://{web.HOST}:{port}", **addresses.environment()}
    if accounts_file(folders).exists():
        environment["YIZHENG_DEMO"] = "1"
    worker = [sys.executable, "-m", "yizheng.work.worker"]
    return [
        Service("网页服务", web.command(port), environment, folders.logs / "web.log"),
        Service("后台任务", worker, environment, folders.logs / "worker.log"),
    ]


def _prepare(folders: Folders, addresses: Addresses) -> None:
    """Bring the database up to the code in a process that alone holds the owner's address; nothing when it is."""
    if not readiness.pending(folders, addresses.owner):
        return
    _step(folders, "database.prepare", addresses.environment(owner=True), "数据库升级失败")
    readiness.note(folders, addresses.owner)


def _demonstrate(folders: Folders, addresses: Addresses) -> None:
    """Fill an empty database with the demonstration city, as the serving role; asked once a database."""
    if (folders.run / "demo-asked").exists():
        return
    environment = {**addresses.environment(), "YIZHENG_DEMO": "1"}
    _step(folders, "running.populate", environment, "演示城市生成失败")
    (folders.run / "demo-asked").touch()


def _step(folders: Folders, module: str, environment: Mapping[str, str], failure: str) -> None:
    """Run a module to its end; what it prints is for people at once, what it logs goes to its file."""
    path = folders.logs / f"{module.rpartition('.')[2]}.log"
    with (
        path.open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", f"yizheng.cli.{module}"], env=dict(environment), stdout=subprocess.PIPE, stderr=log,
            start_new_session=True, text=True,
        ) as step,
    ):  # fmt: skip
        try:
            said = _show(step.stdout)
        except BaseException:
            step.kill()
            raise
    if step.returncode != 0:
        raise Trouble(said or f"{failure}，原因见日志 {path}")


def _show(lines: Iterable[str] | None) -> str:
    """Pass progress on (it is indented); a plain sentence is the reason of a refusal and is returned."""
    said = ""
    for line in lines or ():
        if line.startswith(" "):
            print(line, end="", flush=True)
        else:
            said = line.strip()
    return said


def _announce(folders: Folders, chosen: Database, address: str, seconds: float) -> None:
    print(f"\n医政已启动（用时 {seconds:.1f} 秒）")
    print(f"  网址      {address}")
    print(f"  数据库    {chosen.place}")
    print(f"  数据目录  {folders.root}（附件、密钥、日志都在其中）")
    accounts = accounts_file(folders)
    if accounts.exists():
        print(f"  演示账号\n{accounts.read_text('utf-8').rstrip()}")
    print("按 Ctrl-C 停止。", flush=True)
