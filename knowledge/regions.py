"""The administrative tree of China and the place names in everyday sentences.

`data/national/regions.csv` holds provinces, prefectures and counties as the Ministry of Civil Affairs published them
for 2025-12-31 (台湾 added by hand). There are no rows like 市辖区: a county of a municipality, or governed by its
province such as 济源, has the province as parent. `region_aliases.yaml` holds all else that is known about names.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

import yaml

from knowledge.place_words import is_inside_words

Level = Literal["province", "city", "county"]
Certainty = Literal["exact", "province", "ambiguous"]
Role = Literal["settlement", "other"]
# How freely a name is taken for a place, see `Regions._is_place`; a "word" is read over and is none.
Kind = Literal["full", "full_in_parent", "one_character", "short", "ordinary", "word"]
Codes = tuple[str, ...]

DATA = Path(__file__).parent / "data" / "national"
CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", re.ASCII)

PROVINCE = re.compile(r"(.+?)(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)")
# 琼中 + 黎族苗族 + 自治县, 昌吉 + 回族 + 自治州, 木垒 + 哈萨克 + 自治县, 管城 + 回族 + 区
AUTONOMOUS = re.compile(
    r"(.{2,}?)(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    r"达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|各)族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)*(?:自治[州县旗]|族?区)"
)
SUFFIXED = re.compile(r"(.+?)(?<!矿)(?:地区|(?<=神农架)林区|(?<=..)[特新]区|盟|市|区|县)")


class Region(NamedTuple):
    """A province, prefecture or county; `code` is its six-digit adcode, `parent` the adcode above it or empty."""

    code: str
    name: str
    short_name: str
    level: Level
    parent: str


class RegionMention(NamedTuple):
    """A place named in a text at text[start:end], with the places above it when they stand right before it.

    regions: one, or all that may be meant. certainty: "exact" one region, "province" several inside one province,
    "ambiguous" several provinces. province: known unless ambiguous. role: whether the words around it say that it
    is (or is not) where the person is registered or settled; None when they say nothing.
    """

    regions: tuple[Region, ...]
    start: int
    end: int
    matched: str
    certainty: Certainty
    role: Role | None
    province: Region | None


class _Hit(NamedTuple):
    start: int
    end: int
    chosen: Codes  # the regions that it may be


class _Name(NamedTuple):
    kind: Kind
    codes: Codes


class Regions:
    """All regions, their names, and the search for them in text. Immutable; share one instance."""

    def __init__(self, rows: Iterable[tuple[str, str, Level, str]], words: dict[str, Any]) -> None:
        """rows: (code, name, level, parent). words: the content of region_aliases.yaml."""
        self._by_code = {code: Region(code, name, _short(name), level, parent) for code, name, level, parent in rows}
        self._abbreviations: dict[str, str] = words["abbreviations"]
        self._names = _names(self._by_code, words)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._patterns = {key: re.compile(pattern.replace(" ", "")) for key, pattern in words["patterns"].items()}

    @classmethod
    def load(cls, table: Path = DATA / "regions.csv", names: Path = DATA / "region_aliases.yaml") -> Self:
        """Read the tree and the names; about 20 ms. Raises KeyError when a name points to an unknown code."""
        with table.open(encoding="utf-8", newline="") as lines:
            rows: Any = list(csv.reader(lines))[1:]
        fast_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return cls(rows, yaml.load(names.read_text(encoding="utf-8"), fast_loader))  # noqa: S506

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    def by_code(self, code: str) -> Region | None:
        """The region with this adcode (41 and 4107 will do), or the province of a code that the tree does not have."""
        padded = code[:6].ljust(6, "0") if CODE.fullmatch(code) else ""
        return self._by_code.get(padded) or self._by_code.get(padded[:2] + "0000")

    def province_of(self, code: str) -> Region | None:
        """The province that a code lies in."""
        return path[-1] if (path := self.path(code)) else None

    def path(self, code: str) -> tuple[Region, ...]:
        """The region and all above it: county, city, province. Empty for an unknown code."""
        region = self.by_code(code)
        return (region, *self.path(region.parent)) if region else ()

    def describe(self, region: Region) -> str:
        """The full name from the province down: 河南省新乡市."""
        return "".join(step.name for step in reversed(self.path(region.code)))

    def lookup(self, name_or_code: str | None) -> Region | None:
        """The region that a code, a name or an address means, or the province of several; else None. Never raises."""
        text = str(name_or_code or "").strip()
        if region := self.by_code(self._abbreviations.get(text, text)):
            return region
        name = self._names.get(text)
        if name and name.kind != "word":
            mentions = [self._mention(text, _Hit(0, len(text), self._rank(name)), None)]
        else:
            mentions = self.find(text)
        if not mentions:
            return None
        meant = next((mention for mention in mentions if mention.role == "settlement"), mentions[0])
        return meant.regions[0] if meant.certainty == "exact" else meant.province

    def find(self, text: str, within: str | None = None) -> list[RegionMention]:
        """All places named in a sentence, in order.

        within: adcode of a place already known; it decides between places of one name and lets a whole message such
        as 东方 be a place, but never overrules what is written. Codes are left alone: postal codes look the same.
        """
        hits = self._scan(text, within)
        settled = [self._decide(hit, hits, within) for hit in hits]
        return [self._mention(text, hit, role) for hit, role in zip(settled, self._roles(text, settled), strict=True)]

    def _scan(self, text: str, within: str | None) -> list[_Hit]:
        """Longest names from left to right; a place right after the place that contains it becomes one hit with it."""
        hits: list[_Hit] = []
        at = 0
        while at < len(text):
            last = hits[-1] if hits and self._patterns["gap"].fullmatch(text, hits[-1].end, at) else None
            for end, name in self._names_at(text, at):
                inside = tuple(code for code in name.codes if last and self._lies_in(code, last.chosen))
                if name.kind == "word" or self._is_place(name, inside, last, text, at, end, within):
                    break
            else:
                at += 1
                continue
            if name.kind == "short" and self._is_county(name) and self._patterns["former_suffix"].match(text, end):
                end += 1
            if last and inside:
                hits[-1] = _Hit(last.start, end, self._rank(_Name(name.kind, inside)))
            elif name.kind != "word":
                hits.append(_Hit(at, end, self._rank(name)))
            at = end
        for found in self._patterns["abbreviated"].finditer(text):
            if not any(hit.start <= found.start() < hit.end for hit in hits):
                hits.append(_Hit(found.start(), found.end(), (self._abbreviations[found[0]],)))
        return sorted(hits)

    def _names_at(self, text: str, start: int) -> Iterator[tuple[int, _Name]]:
        """The names that begin there with their ends, longest first."""
        for length in self._lengths.get(text[start], ()):
            name = self._names.get(text[start : start + length])
            if name and start + length <= len(text):
                yield start + length, name

    def _is_place(
        self, name: _Name, inside: Codes, last: _Hit | None, text: str, start: int, end: int, within: str | None
    ) -> bool:
        """Whether this name stands for a place here. inside: its regions that lie in the hit right before (`last`)."""
        patterns, regions = self._patterns, self._by_code
        before, following = text[max(0, start - 16) : start], text[end : end + 1] or "$"
        if name.kind in ("full", "full_in_parent"):
            # 新乡县级 speaks of a level, 江南区域 of an area; the short form before it may still be a place.
            return following not in "级域局" and (name.kind == "full" or bool(inside))
        if name.kind == "one_character":
            return following not in "里级上内长委局" and bool(inside or patterns["left_edge"].search(before))
        if name.kind == "ordinary":
            if not patterns["right_edge"].match(text, end):
                return False
            # A county may follow its province (河南民权), a district only its city: 河南新华 could be a shop.
            above = last.chosen if last and last.end == start else ()
            if above and any(regions[code].name[-1] != "区" or regions[code].parent in above for code in inside):
                return True
            if within and text.strip() == text[start:end] and self._lies_near(name.codes, within):
                return True
            return bool(patterns["asks_place"].search(f"{before}〇{following}"))
        if patterns["not_before"].match(text, end) or patterns["not_after"].search(before):
            return False
        if patterns["lookalikes"].search(text, max(0, start - 4), end + 2):
            return False
        return bool(inside) or not (is_inside_words(text, start, end) or self._is_cut(name, text, start, end))

    def _is_cut(self, cut: _Name, text: str, start: int, end: int) -> bool:
        """Whether a word, a longer name or a larger place begins in a county and runs past it: 于都 in 位于都江堰."""
        return self._is_county(cut) and any(
            past > end and (name.kind == "word" or past - at > end - start or not self._is_county(name))
            for at in range(start + 1, end)
            for past, name in self._names_at(text, at)
        )

    def _is_county(self, name: _Name) -> bool:
        return self._by_code[self._rank(name)[0]].level == "county"

    def _rank(self, name: _Name) -> Codes:
        """Of places of one name, provinces before cities before counties; for an ordinary word all that lie apart."""
        for level in ("province", "city"):
            best = tuple(code for code in name.codes if self._by_code[code].level == level)
            if best and (level == "province" or name.kind != "ordinary"):
                return best
        return tuple(code for code in name.codes if self._by_code[code].parent not in name.codes)

    def _decide(self, hit: _Hit, hits: list[_Hit], within: str | None) -> _Hit:
        """Between places of one name: the one inside another place of the text, then the one near `within`."""
        others = tuple(code for other in hits if other is not hit and len(other.chosen) == 1 for code in other.chosen)
        near = tuple(code for code in hit.chosen if self._lies_in(code, others))
        return hit._replace(chosen=near or (within and self._lies_near(hit.chosen, within)) or hit.chosen)

    def _lies_in(self, code: str, containers: Iterable[str]) -> bool:
        return any(above.code in containers for above in self.path(code)[1:])

    def _lies_near(self, codes: Codes, within: str) -> Codes:
        """Those codes that lie in `within`, else in its city, else in its province."""
        for above in self.path(within):
            near = tuple(code for code in codes if code == above.code or self._lies_in(code, (above.code,)))
            if near:
                return near
        return ()

    def _roles(self, text: str, hits: list[_Hit]) -> Iterator[Role | None]:
        """The role of each hit: words right after the name tell most, then the last telling words before it."""
        cues = ("settlement", "other")
        before_from = 0
        for number, hit in enumerate(hits, start=1):
            limit = hits[number].start if number < len(hits) else len(text)
            before = (
                self._patterns["clause_end"].split(text[before_from : hit.start])[-1].rstrip(" 　:：").split(" ")[-1]
            )
            told = {
                cue: max((m.end() for m in self._patterns[f"{cue}_before"].finditer(before)), default=0) for cue in cues
            }
            after = {cue: self._patterns[f"{cue}_after"].match(text, hit.end, limit) for cue in cues}
            reach = {cue: found.end() if found else hit.end for cue, found in after.items()}
            if reach["settlement"] == limit < len(text):  # 人在深圳户口南阳: the word belongs to the next place
                reach["settlement"] = hit.end
            before_from = max(reach.values())
            strength = reach if reach["settlement"] != reach["other"] else told
            if self._patterns["not_meant"].search(before):
                yield "other"
            elif strength["settlement"] == strength["other"]:
                yield None
            else:
                yield "settlement" if strength["settlement"] > strength["other"] else "other"

    def _mention(self, text: str, hit: _Hit, role: Role | None) -> RegionMention:
        regions = tuple(self._by_code[code] for code in hit.chosen)
        province = self.province_of(hit.chosen[0]) if len({code[:2] for code in hit.chosen}) == 1 else None
        certainty: Certainty = "exact" if len(regions) == 1 else "province" if province else "ambiguous"
        return RegionMention(regions, hit.start, hit.end, text[hit.start : hit.end], certainty, role, province)


def _short(name: str) -> str:
    """The everyday form of an official name: 河南, 琼中, 延边; the name itself where one character would be left."""
    pattern = AUTONOMOUS if re.search("自治[州县旗]|族区", name) else SUFFIXED
    found = PROVINCE.fullmatch(name) if name.endswith(("省", "行政区", "自治区")) else pattern.fullmatch(name)
    return found[1] if found and len(found[1]) > 1 else name


def _names(by_code: dict[str, Region], words: dict[str, Any]) -> dict[str, _Name]:
    """Every name that `find` knows, official names winning over derived ones."""
    lists = ("ordinary", "full_name_only", "ordinary_full_names")
    ordinary, full_only, in_parent = (set(words[key].split()) for key in lists)
    short: dict[str, list[str]] = {}
    derived: dict[str, list[str]] = {}
    official: dict[str, list[str]] = {}
    for region in by_code.values():
        official.setdefault(region.name, []).append(region.code)
        if region.short_name != region.name and region.short_name not in full_only:
            short.setdefault(region.short_name, []).append(region.code)
        if "自治" in region.name and region.level != "province":  # 琼中县, 延边州
            derived.setdefault(region.short_name + region.name[-1], []).append(region.code)
    names = {word: _Name("word", ()) for word in words["not_places"].split()}
    for name, codes in short.items():
        names.setdefault(name, _Name("ordinary" if name in ordinary else "short", tuple(codes)))
    for name, codes in (derived | official).items():
        kind: Kind = "full_in_parent" if name in in_parent else "one_character" if len(name) == 2 else "full"
        names[name] = _Name(kind, tuple(codes))
    for name, code in words["aliases"].items():
        if code not in by_code:
            raise KeyError(f"region_aliases.yaml: alias {name!r} points to unknown code {code!r}")
        names[name] = _Name("full", (code,))
    return names
