"""The public registers: an upper room says how it answers for one, and in which words its people are looked up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

from django.urls import reverse

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.disclosure.records import PractitionerRecord
from yizheng.kernel.statutes import Article, physicians_law
from yizheng.registry.registers import Register, UnknownRegister

Record = PractitionerRecord | PublicInstitution
"""What is published of somebody; of an institution the row itself, without its register and the moment."""
Entry = type[PublicPractitioner] | type[PublicInstitution]


_OPEN = physicians_law(21)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The words in which people of a register are looked up.

    `slug` stands in addresses; `number` is the name of the practice number, and of how many digits it is. `hidden` is the
    name of a number that contains an identity number, which only the vault resolves; empty where the register has none.
    `announced` says that who was registered and whose registration ended is published by month. `basis` is the article by which
    the register is open, which the foot of its pages cites. `practises` says what who is registered may do, `leaves` that
    a registration may stand without an institution.
    """

    slug: str
    number: str
    digits: int
    hidden: str = ""
    announced: bool = False
    basis: Article = _OPEN
    practises: str = "可以在登记的地点、按登记的类别和范围执业"
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """How an upper room answers for one public register.

    `subjects()` yields the ids of all who have an entry; `records(ids)` makes the records of those of them that have
    one, in as few queries as it can. Both run as the system; who is missing from `records` is withdrawn.
    `in_force` is what those are called whose entry is in force.
    """

    register: Register
    entry: Entry
    subjects: Callable[[], Iterator[int]]
    records: Callable[[Sequence[int]], Iterable[Record]]
    in_force: str
    _: KW_ONLY
    objection: str = ""
    """The name of the address where anybody says what is wrong in an entry; without one there is none."""

    def objection_address(self, token: str) -> str:
        """Where an objection to the entry is made; empty where there is no such page."""
        return reverse(self.objection, args=[token]) if self.objection else ""


@dataclass(frozen=True, slots=True)
class PeopleSource(Source):
    """A public register of people, who are looked up by name and institution or by number."""

    lookup: Lookup

    @property
    def number(self) -> str:
        """The name of the practice number, such as 医师执业证书编码."""
        return self.register.title + self.lookup.number

    @property
    def hidden(self) -> str:
        """The name of the number that the vault resolves, such as 医师资格证书编码."""
        return self.register.title + self.lookup.hidden if self.lookup.hidden else ""

    @property
    def address(self) -> str:
        """Where questions about people of this register go."""
        return reverse(f"disclosure:{self.lookup.slug}")


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Called once by an upper room when it starts."""
    _sources[source.register.code] = source


def sources() -> tuple[Source, ...]:
    """Every public register, in the order in which they were registered."""
    return tuple(_sources.values())


def of_people() -> tuple[PeopleSource, ...]:
    """The public registers of people; pages show the first unless another is asked for."""
    return tuple(each for each in _sources.values() if isinstance(each, PeopleSource))


def by_slug(slug: str) -> PeopleSource | None:
    """The register of people with this word in its addresses, the first one for no word; None where there is none."""
    return next((each for each in of_people() if slug in ("", each.lookup.slug)), None)


def source_of(register: str) -> Source:
    """How the register of this code is answered for. Raises UnknownRegister."""
    try:
        return _sources[register]
    except KeyError:
        raise UnknownRegister(register) from None


def people_of(register: str) -> PeopleSource:
    """As `source_of` for a register of people. Raises UnknownRegister."""
    found = source_of(register)
    if not isinstance(found, PeopleSource):
        raise UnknownRegister(register)
    return found
