"""Reading the files people send: xlsx, xls, csv, dbf and a zip of them.

``read_rows`` gives heading and rows of a file of moderate size; ``open_source`` gives blocks of a file of any size. What
cannot be read is refused with ``UnreadableFile``, whose words are for the person who sent it. Spreadsheets are written
by ``documents.spreadsheets``.
"""

from yizheng.intake.files.bounded import open_source
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.rows import ReadRows, read_rows, read_upload
from yizheng.intake.files.tables import Source, Table

__all__ = ["ReadRows", "Source", "Table", "UnreadableFile", "open_source", "read_rows", "read_upload"]
