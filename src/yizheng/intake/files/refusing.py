"""A file that cannot be taken in at all, and why, in words a person can act on."""


class UnreadableFile(ValueError):
    """``code`` names the ground; the message says in Chinese what is wrong and what to do.

    ``headings`` are those that nobody could place, when that is the ground.
    """

    def __init__(self, code: str, message: str, headings: tuple[str, ...] = ()) -> None:
        self.code = code
        self.headings = headings
        super().__init__(message)


def damaged(name: str) -> UnreadableFile:
    """The file is cut off or broken."""
    return UnreadableFile("truncated", f"“{name}”不完整或已损坏，请重新导出或重新传输后上传")


def has_formula(name: str, title: str, place: str) -> UnreadableFile:
    """A sheet has a formula: what a row says must not depend on another cell or file."""
    return UnreadableFile(
        "formula", f"“{name}”工作表“{title}”的 {place} 等单元格是公式；请全选复制后“选择性粘贴—数值”，再保存上传"
    )


def has_merged_cells(name: str, title: str, place: str) -> UnreadableFile:
    """A sheet has merged cells: what a row says must not depend on which cell is looked at."""
    return UnreadableFile(
        "merged_cells", f"“{name}”工作表“{title}”有合并单元格（{place}）；请取消合并，表头只占一行，再上传"
    )
