"""Files as people send them, made on the spot: text in any encoding, workbooks cell by cell, DBF, archives."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from yizheng.documents.spreadsheets import Sheet, write

OLD_WORKBOOK = (
    "c-rk)O=uHA6#i!OAM&$_sn7~F6s)$kkTeSR(5@D=2eH&D*ovTy2}Nqt5(KRWt=1d`!GkDXD)r!{>ct;aQ1IYEsMv!b2#L~zcoGyn"
    "v{~Q0-Dp}B8qh*@zcBC3yf^R7%g(%+*?ln`%1_*`DPR%WVM9^(z*!~}R6M1I3exMktd_W&if&;=!Q-ZhbUN_B|J)_#P|kM&3U1k-"
    "5Cz^+Ie-y#4QJBPWkd(Z&@W^RZA1mGk|cm?jw;ObFw<2`Z*tFvOt-S+JkvJnn-}{rt#vhSF;{V~QpdUgq~E)2^O_}bRN<Li#iuU_"
    "qpt(ovPb%lt}sQd-G@oggm$Jg>8xxAaUEV@l+Zjh)SOD?5uwSR#AiJUd@5!2<ESNHUbz6tzb=%!ej|6&BrcX;RP4YQ^h2B^Irz|E"
    "ml{Q=$@iz`(7`D!3+ZS2{CkOg*&|L6n@z7BAm;2DN!uVU4a^=7_Jt`4;<0#abG&s^YrG{9kHuPgy>jE{jY3_pQTRE5d_+?Say`Up"
    "q*A1FH$J}HmF(6IvSf@82jd7?CnJWAGtz>L1FW$zm6}Gj*vRxOdtJlz8m19i<HYN`tIW!daqe@Dwe>Vkf-$45FRO2$dhWySd$qZD"
    "S_9RmItwQwQ?IlM)X|ZaB76B8N0Vq0S1wE3*GgQN+szxM)jw@LZbda?*UfV>h<TZ8gb-7sC7+J?-crnGWwdP6vYEb=U-(kkm)-1d"
    "JZT5D9&v06(Q8ko$DIj<{In}!+>s`<75;!17A#n>V8Ma~3l{!+2)>FM*Kc{fbeLCrm-$_1o=VaBO!Cj72gCF`MlY4yks+SNXhrL1"
    "H5{VkODxf*^u17GAB~>HAd(!%V8!c~UVlXS|5>u3`sY%p((#Lx#QB%U{{}9k+Oz"
)
"""A workbook (xls) of four headings, an empty row and one with a name, a number, a day and points; packed."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(path: Path, rows: Sequence[Sequence[str]], *, sheet: str = "数据") -> Path:
    with path.open("wb") as stream:
        write(stream, Sheet(sheet, rows[0], rows[1:]))
    return path


def xlsx_of_markup(path: Path, rows: str, *, behind: str = "", texts: str = "") -> Path:
    """A workbook whose one sheet has exactly these rows of markup; cell style 2 is a day, ``texts`` are shared."""
    plain = io.BytesIO()
    write(plain, Sheet("数据", ["x"], []))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'.encode()
            new.writestr(name, text)
        if texts:
            new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
    return path


def dbf(path: Path, fields: Sequence[tuple[str, str, int]], rows: Sequence[Sequence[str]]) -> Path:
    """Fields are name, kind and width in bytes; text is GBK as FoxPro writes it."""
    width = 1 + sum(length for _, _, length in fields)
    head = bytes([0x03, 126, 11, 22]) + len(rows).to_bytes(4, "little")
    head += (32 + 32 * len(fields) + 1).to_bytes(2, "little") + width.to_bytes(2, "little") + bytes(20)
    described = b"".join(
        name.encode("gbk").ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([length]) + bytes(15)
        for name, kind, length in fields
    )
    records = b"".join(
        b" " + b"".join(cell.encode("gbk").ljust(length) for cell, (_, _, length) in zip(row, fields, strict=True))
        for row in rows
    )
    path.write_bytes(head + described + b"\r" + records + b"\x1a")
    return path


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path
