"""字段: the columns of a fact, each with what a reader needs to know of it: label, unit, code table, public, personal, printed.

Each is an ordinary Django field. What it says beside its column serves pages, exports, schemas and the data dictionary;
a migration sees the plain field of Django alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import NOT_PROVIDED
from django.utils.module_loading import import_string

from yizheng.kernel.codes import name_of
from yizheng.registry.registers import Register

_S_contra = TypeVar("_S_contra", contravariant=True)
_G_co = TypeVar("_G_co", covariant=True)
Table = str | Mapping[str, str] | Callable[[Any], str]
"""A code table by name, a few codes with their names, or what chooses the name of the table for a version."""
Reader = Callable[[Any], str]
"""How a value is said where its plain form will not do."""

if TYPE_CHECKING:
    _Char = models.CharField
    _Day = models.DateField
    _Flag = models.BooleanField
    _Amount = models.DecimalField
    _Count = models.PositiveSmallIntegerField
    _Reference = models.ForeignKey
    _Array = ArrayField
else:

    def _typed(field: type[models.Field]) -> Mapping[object, type[models.Field]]:
        """Django's fields take no type parameters while the program runs; the type checker reads them."""
        return defaultdict(lambda: field)

    _Char, _Day, _Flag = map(_typed, (models.CharField, models.DateField, models.BooleanField))
    _Amount, _Count = map(_typed, (models.DecimalField, models.PositiveSmallIntegerField))
    _Reference, _Array = map(_typed, (models.ForeignKey, ArrayField))


class Declared:
    """What every field of a fact says beside its column."""

    type_word: ClassVar[str]
    """The type in Chinese, as the data dictionary calls it."""
    json_type: ClassVar[Mapping[str, Any]]
    """The type of its values in JSON Schema."""
    public: bool = False
    """Whether the law lets anyone read it."""
    personal: bool = False
    """Whether it tells who somebody is, or of her private life."""
    printed: bool = False
    """Whether a certificate prints it."""
    unit: str = ""
    said: Reader | None = None
    tables: tuple[str, ...] = ()
    """The code tables whose codes it may hold."""
    codes: Mapping[str, str] = {}
    """The few codes declared beside the field itself."""

    if TYPE_CHECKING:
        name: str
        attname: str
        verbose_name: Any
        null: bool
        blank: bool
        max_length: int | None

        def deconstruct(self) -> Any:
            """Name, path and arguments of the plain field."""

    else:

        def __class_getitem__(cls, _types: object) -> type:
            """The field itself; see `_typed`."""
            return cls

    @property
    def label(self) -> str:
        """The field in Chinese."""
        return str(self.verbose_name)

    @property
    def required(self) -> bool:
        """Whether every version has a value."""
        return not (self.null or self.blank)

    @property
    def longest(self) -> int | None:
        """The greatest length of a text, or of each code."""
        return getattr(self, "base_field", self).max_length

    def clone(self) -> Any:
        """The plain field of Django: what a migration compares and writes."""
        _, path, args, kwargs = self.deconstruct()
        return import_string(path)(*args, **kwargs)

    def words(self, version: Any) -> str:
        """The value of a version as a person reads it; empty when there is none."""
        value = getattr(version, self.attname)
        if value in (None, "", []):
            return ""
        return self.said(value) if self.said else self.plain_words(value, version)

    def plain_words(self, value: Any, version: Any) -> str:
        """A value that is there, in words."""
        return str(value)


class _Plain(Declared):
    """A field that Django makes of a label and its usual options."""

    django_path = ""

    def __init__(
        self,
        label: str,
        size: int | None = None,
        *,
        null: bool = False,
        blank: bool = False,
        default: Any = NOT_PROVIDED,
        public: bool = False,
        personal: bool = False,
        printed: bool = False,
        unit: str = "",
        said: Reader | None = None,
        **options: Any,
    ) -> None:
        if size is not None:
            options["max_length"] = size
        super().__init__(verbose_name=label, null=null, blank=blank, default=default, **options)  # type: ignore[call-arg]
        self.public, self.personal, self.printed = public, personal, printed
        self.unit, self.said = unit, said

    def deconstruct(self) -> Any:
        """The plain field of Django."""
        name, _, args, kwargs = super().deconstruct()
        return name, self.django_path, args, kwargs


class TextField(_Plain, _Char[_S_contra, _G_co]):
    """Words."""

    type_word, json_type = "文字", {"type": "string"}
    django_path = "django.db.models.CharField"


class NumberField(TextField[_S_contra, _G_co]):
    """A number of a series: of a certificate, a document, a proof."""

    type_word, json_type = "编号", {"type": "string"}


class DayField(_Plain, _Day[_S_contra, _G_co]):
    """A day."""

    type_word, json_type = "日期", {"type": "string", "format": "date"}
    django_path = "django.db.models.DateField"

    def plain_words(self, value: date, version: Any) -> str:
        """The day as 2026-03-01."""
        return value.isoformat()


class AmountField(_Plain, _Amount[_S_contra, _G_co]):
    """A quantity with decimals; its `unit` says of what."""

    type_word, json_type = "数", {"type": "number"}
    django_path = "django.db.models.DecimalField"

    def plain_words(self, value: Any, version: Any) -> str:
        """The quantity without zeros at its end."""
        return f"{value.normalize():f}"


class CountField(_Plain, _Count[_S_contra, _G_co]):
    """A number of things, or a year."""

    type_word, json_type = "整数", {"type": "integer"}
    django_path = "django.db.models.PositiveSmallIntegerField"


class FlagField(_Plain, _Flag[_S_contra, _G_co]):
    """Yes or no; `yes_no` are the two words where others fit better."""

    type_word, json_type = "是否", {"type": "boolean"}
    django_path = "django.db.models.BooleanField"

    def __init__(
        self, label: str, *, yes_no: tuple[str, str] = ("是", "否"), null: bool = False, **options: Any
    ) -> None:
        super().__init__(label, null=null, **options)
        self.yes_no = yes_no

    def plain_words(self, value: bool, version: Any) -> str:
        """The word for it."""
        return self.yes_no[0] if value else self.yes_no[1]


class _Coded(Declared):
    """What fields that hold codes have in common."""

    table: Table

    def code_words(self, code: str, version: Any) -> str:
        """A code in words; the code itself where no table knows it."""
        if isinstance(self.table, Mapping):
            return self.table.get(code, code)
        table = self.table(version) if callable(self.table) else self.table
        return name_of(table, code) if table else code


class CodeField(_Coded, TextField[_S_contra, _G_co]):
    """One code. `table` is a code table, a few codes with their names, or chooses the table by the version."""

    type_word, json_type = "代码", {"type": "string"}

    def __init__(
        self, label: str, size: int, *, table: Table, among: tuple[str, ...] = (), null: bool = False, **options: Any
    ) -> None:
        super().__init__(label, size, null=null, **options)
        self.table = table
        self.tables = (table,) if isinstance(table, str) else among
        self.codes = table if isinstance(table, Mapping) else {}

    def plain_words(self, value: Any, version: Any) -> str:
        """The name of the code."""
        return self.code_words(str(value), version)


class CodesField(_Coded, _Plain, _Array[_S_contra, _G_co]):
    """Several codes of one table."""

    type_word, json_type = "多个代码", {"type": "array", "items": {"type": "string"}}
    django_path = "django.contrib.postgres.fields.ArrayField"

    if TYPE_CHECKING:
        _pyi_private_set_type: list[str] | tuple[str, ...]
        _pyi_private_get_type: list[str]

    def __init__(self, label: str, size: int, *, table: str, **options: Any) -> None:
        super().__init__(label, base_field=models.CharField(max_length=size), **options)
        self.table, self.tables = table, (table,)

    def plain_words(self, value: Any, version: Any) -> str:
        """The names of the codes, in their order."""
        return "；".join(self.code_words(str(code), version) for code in value)


class SubjectField(_Plain, _Reference[_S_contra, _G_co]):
    """Another subject; `of` is the register that knows its name, None where it may be of any."""

    type_word, json_type = "主体", {"type": "integer"}
    django_path = "django.db.models.ForeignKey"

    def __init__(
        self, label: str, *, of: Register | None, null: bool = False, db_index: bool = False, **options: Any
    ) -> None:
        super().__init__(
            label,
            to="registry.Subject",
            on_delete=models.PROTECT,
            related_name="+",
            db_index=db_index,
            null=null,
            **options,
        )
        self.of = of
