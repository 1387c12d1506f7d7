"""`./yizheng simulate`: a counterpart simulator in a process of its own, with the data directory's public key and no database."""

import os
from collections.abc import Sequence
from importlib import import_module

import django

from yizheng.cli.folders import Folders
from yizheng.kernel.arguments import Arguments


def main(arguments: Sequence[str]) -> int:
    """Listen on the loopback interface until it is stopped."""
    parser = Arguments(prog="./yizheng simulate", description="模拟一个外部系统，在本机回环地址上收报文，Ctrl-C 停止")
    parser.add_argument("partner", metavar="对方", help="交换对象的代码，如 city-credit；不认识的代码会列出全部")
    parser.add_argument("--port", type=int, help="端口，默认按对方各有一个")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    parser.add_argument("--fault", action="append", default=[], metavar="故障=比例", help="如 timeout=0.05，可写多次")
    asked = parser.parse_args(list(arguments))
    folders = Folders.chosen(asked.data)
    folders.make()
    os.environ["YIZHENG_DATA"] = str(folders.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
    django.setup()
    simulating = import_module("yizheng.exchange.simulating.running")
    try:
        server = simulating.prepared(asked.partner, asked.port, asked.fault)
    except simulating.NotSimulated as refused:
        parser.error(str(refused))
    print(f"在 http://127.0.0.1:{server.server_port}/ 收报文；POST /faults 设置故障，Ctrl-C 停止", flush=True)
    try:
        server.serve_forever()
    finally:
        server.server_close()
        for name, each in server.channels.items():
            each.keep(name)
    return 0
