"""Makes up personal numbers and writes them down in the many ways that people do; every draw is seeded."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

_COUNTY_LIST = """
110101 110103 120101 130102 130421 140107 150302 152103 210102 210504 220104 220602 230103 231081 310101 310103
320102 320520 330102 332601 340102 342622 350102 350521 360102 362502 370102 372829 410105 410327 411123 412728
420102 422421 430102 433101 440102 442525 450102 460105 460200 469003 500101 510104 511025 512923 520102 522101
530102 532201 540102 610102 612430 620102 630102 632521 640102 650102 659001 713200 810000 830000
"""
COUNTIES = tuple(_COUNTY_LIST.split())
"""Counties of all provinces, among them many that were abolished or renamed."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SPOKEN = ("零一二三四五六七八九", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "洞幺两三四五六拐八勾")
_JOINTS = (" ", "  ", "-", " - ", ".", "·", "—", "－", "\u3000", "\n", "/", "\t", "_")
_HIDDEN = ("\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u202a")
_TENS = ("X", "x", "Ｘ", "ｘ", "×")
BEFORE = ("", "身份证号", "号码是", "我叫王建国", "证件号：", "您好，我的是", "（", "帮我查查 ", "第一次来\n", "联系我")
AFTER = ("", "谢谢", "收", "，麻烦您", "。", "）", "是我的", "\n河南的", "对吧？", "，2020年退伍")


def drawing(seed: int) -> Random:
    """A source of chance that gives the same draws in every run."""
    return Random(seed)  # noqa: S311


def identity_number(draw: Random, *, first: date = date(1930, 1, 1), last: date = date(2008, 12, 31)) -> str:
    """A number with a right check character."""
    born = first + timedelta(days=draw.randrange((last - first).days + 1))
    body = f"{draw.choice(COUNTIES)}{born:%Y%m%d}{draw.randrange(1000):03d}"
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11
    return body + "10X98765432"[remainder]


def with_wrong_check(draw: Random, number: str) -> str:
    """The number with another last character."""
    return number[:-1] + draw.choice([char for char in "0123456789X" if char != number[-1]])


def old_identity_number(draw: Random) -> str:
    """A number of 15 digits."""
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(25_000))
    return f"{draw.choice(COUNTIES[:-2])}{born:%y%m%d}{draw.randrange(1000):03d}"


def mobile_number(draw: Random) -> str:
    """Eleven digits of a mobile phone."""
    return f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09d}"


def bank_card(draw: Random, size: int) -> str:
    """A card of the union with a right check digit."""
    body = "62" + "".join(str(draw.randrange(10)) for _ in range(size - 3))
    total = 0
    for at, char in enumerate(reversed(body)):
        number = int(char) * (1 if at % 2 else 2)
        total += number // 10 + number % 10
    return body + str(-total % 10)


def divide(draw: Random, number: str) -> list[str]:
    """The number in groups: as usual, digit by digit, or anyhow."""
    ways = {
        18: [
            [6, 8, 4],
            [6, 4, 4, 4],
            [6, 4, 2, 2, 4],
            [3, 3, 4, 4, 4],
            [4, 4, 4, 4, 2],
            [14, 4],
            [6, 12],
            [17, 1],
            [10, 8],
        ],
        15: [[6, 6, 3], [6, 9], [12, 3]],
        11: [[3, 4, 4], [3, 8], [7, 4], [4, 3, 4], [3, 3, 5], [5, 6], [4, 4, 3]],
        16: [[4, 4, 4, 4]],
        19: [[4, 4, 4, 4, 3], [6, 13]],
    }[len(number)]
    sizes = draw.choice([*ways, [1] * len(number)])
    if len(number) == 18 and draw.random() < 0.4:
        sizes = _anyhow(draw, 18)
    cuts = [sum(sizes[:at]) for at in range(len(sizes) + 1)]
    return [number[a:b] for a, b in pairwise(cuts)]


def spell(draw: Random, number: str) -> str:
    """One way to write the number down."""
    number = number.replace("X", draw.choice(_TENS))
    way = draw.randrange(8)
    if way == 0:
        return number
    if way == 1:
        return "".join(chr(ord(char) + 0xFEE0) if char.isascii() else char for char in number)
    if way == 2:
        return draw.choice(_HIDDEN).join(number)
    if way == 3:
        return number.translate({ord(str(at)): char for at, char in enumerate(draw.choice(_SPOKEN))})
    if way == 4:
        cut = draw.randrange(1, len(number))
        return number[:cut] + "\n" + number[cut:] if len(number) != 16 and len(number) != 19 else number
    groups = divide(draw, number)
    if way == 5:
        spoken = {ord(str(at)): char for at, char in enumerate(draw.choice(_SPOKEN))}
        groups = [group.translate(spoken) if at % 2 else group for at, group in enumerate(groups)]
        return "".join(groups)
    return draw.choice(_JOINTS).join(groups)


def _anyhow(draw: Random, size: int) -> list[int]:
    sizes: list[int] = []
    while sum(sizes) < size:
        sizes.append(min(draw.randrange(1, 9), size - sum(sizes)))
    return sizes
