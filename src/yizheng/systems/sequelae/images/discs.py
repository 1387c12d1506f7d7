"""A disc, packed as it is: its DICOMDIR names the objects, its manifest their digests; both must hold before anything is taken in."""

import hashlib
import re
import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from yizheng.kernel.archives import Archive, BadArchive, Limits, open_archive
from yizheng.kernel.lazily import lazily
from yizheng.systems.sequelae.images.taking import MOST_FILES, File, Refused

pydicom = lazily("pydicom")
DIRECTORY, MANIFEST = "DICOMDIR", "SHA256SUMS"
LIMITS = Limits(members=MOST_FILES, unpacked=2 * 1024**3)
SHOWN = 5
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")


def read_disc(content: bytes) -> list[File]:
    """The objects of a packed disc, in the order of its directory. Raises Refused with what is wrong."""
    try:
        with open_archive(content, LIMITS) as archive:
            return _files(archive)
    except BadArchive:
        raise Refused("压缩包已损坏、有密码或过大，请重新打包整张光盘") from None


def _files(archive: Archive) -> list[File]:
    root = next((name[: -len(DIRECTORY)] for name in archive.members if name.rpartition("/")[2] == DIRECTORY), None)
    if root is None:
        raise Refused(f"光盘里没有 {DIRECTORY}，请打包整张光盘；散放的影像用“文件”方式接收")
    if f"{root}{MANIFEST}" not in archive.members:
        raise Refused(f"光盘里没有清单 {MANIFEST}，请送达方补齐后再交")
    manifest = read_manifest(archive.read(f"{root}{MANIFEST}").decode("utf-8", "replace"))
    named = named_in(archive.read(f"{root}{DIRECTORY}"))
    contents: dict[str, bytes] = {}
    wrong = []
    for name in named:
        if f"{root}{name}" not in archive.members:
            wrong.append(f"{name} 不在光盘里")
            continue
        contents[name] = archive.read(f"{root}{name}")
        if manifest.get(name) != hashlib.sha256(contents[name]).hexdigest():
            wrong.append(f"{name} {'与清单不符' if name in manifest else '不在清单里'}")
    wrong += [f"清单中的 {name} 不在光盘里" for name in manifest if f"{root}{name}" not in archive.members]
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > SHOWN else ""
        raise Refused(f"光盘与清单不符，没有接收：{'；'.join(wrong[:SHOWN])}{more}")
    return [File(name, contents[name]) for name in named]


def read_manifest(text: str) -> Mapping[str, str]:
    """Digests by path, as ``sha256sum`` writes them."""
    found = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return {each[2].replace("\\", "/").removeprefix("./"): each[1].lower() for each in found if each}


def named_in(directory: bytes) -> list[str]:
    """The paths of the objects that a DICOMDIR names. Raises Refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            records = pydicom.dcmread(BytesIO(directory)).DirectoryRecordSequence
            paths = [_path(each.ReferencedFileID) for each in records if "ReferencedFileID" in each]
        except Exception as fault:
            raise Refused(f"{DIRECTORY} 无法读取") from fault
    if not paths:
        raise Refused(f"{DIRECTORY} 没有列出影像")
    return paths


def _path(said: Any) -> str:
    return "/".join([said] if isinstance(said, str) else [str(part) for part in said])
