"""Which items of a province an outside system means: by our id, the guide's own name or an everyday name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from knowledge.library import Library, ProvinceKnowledge
from knowledge.model import Item


def items_named(library: Library, province: ProvinceKnowledge, written: str) -> list[Item]:
    """The province's items of that name, compared without blanks, width and case; several where it is one of several.

    The guide's own name and id win over everyday names, so that a precise sender is always understood.
    """
    wanted = _plain(written)
    own = [item for item in province.items.values() if wanted in (item.id, _plain(item.name))]
    if own:
        return own
    meant = {item.id: item for name in _national(library, wanted) for item in province.items_meant(name)}
    return list(meant.values())


def _national(library: Library, wanted: str) -> Iterator[str]:
    for entry in library.catalogue.items:
        if any(wanted == _plain(name) for name in (entry.id, entry.name, *entry.aliases)):
            yield entry.id


def _plain(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split()).casefold()
