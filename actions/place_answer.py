"""Takes a place for the answer to whether one settles in the province (安置在绵阳) or comes from it (老家安溪)."""

from __future__ import annotations

import re

from actions.questions import ANSWERS
from actions.scope import Scope, not_covered, scope_of
from actions.talk import Talk
from bot.message import Reply
from knowledge import model
from knowledge.answer_matching import Match, asks, bare, plain
from knowledge.library import ProvinceKnowledge
from knowledge.place_roles import parts_of
from knowledge.regions import Region

BESIDE_A_PLACE = 4
"""So many characters beside the name of a place still say no more than that one settles there."""
_CLAUSE_END = re.compile(r"[\s，。；！,;!]+")
_DENYING = ("不", "没")
_HOME_WORDS = re.compile(
    r"祖祖辈辈|[我俺]们?家?|老家|户口|户籍|籍贯|原籍|原地|原先|原来|入伍前|当兵前|参军前|以前|之前|本来|就|还|都|是|在|的|人"
)
_OF_HOME = re.compile(r"老家|原籍|籍贯|户口|户籍")
_REGISTERED = re.compile(r"(?:原|以前|之前|入伍前|当兵前|参军前)[^，。]{0,4}(?:户口|户籍)")
"""Words that tell where he was registered even where it is not asked for; 老家 does not."""


def is_here(talk: Talk, province: ProvinceKnowledge) -> bool:
    """Whether the message names a place of the province, and neither denies it nor asks."""
    scope, text = scope_of(talk), talk.ask.text
    if asks(text) or not scope.named or scope.province is None or scope.province.id != province.id:
        return False
    naming = [clause for clause in _CLAUSE_END.split(text) if talk.library.regions.find(clause)]
    return not any(word in clause for clause in naming for word in _DENYING)


def known(talk: Talk, province: ProvinceKnowledge, told: list[Match]) -> list[Match]:
    """What a questionnaire that begins need not ask: that he settles here, said before, and the home told now."""
    heard_of = {match.question for match in told}
    unanswered = [one for one in province.questionnaire.questions if one.id not in heard_of]
    is_settled = talk.private.region_is_settlement and talk.province is not None and talk.province.id == province.id
    settles = [Match(one.id, way.id, False) for one in unanswered for way in one.options if way.here and is_settled]
    return settles + [match for one in unanswered for match in _home(talk, province, one, False)]


def heard(talk: Talk, province: ProvinceKnowledge, question: model.Question, is_open: bool = False) -> list[Match]:
    """The answer to a question that is answered by a place; none to any other. The place of settlement is kept.

    With hardly a word beside the place it is an answer whatever Rasa took it for: 回南充 is no wish to go back.
    is_open: the question was just put; to any other a place elsewhere must be named as that of the settlement.
    """
    home = _home(talk, province, question, is_open)
    if home or not any(option.here for option in question.options):
        return home
    scope, text = scope_of(talk), talk.ask.text
    says_here = is_here(talk, province)
    if scope.region is None or not (says_here or _is_elsewhere(talk, scope, is_open)):
        return []
    is_bare = len(scope.text) <= BESIDE_A_PLACE
    if not is_bare and talk.ask.intent not in (*ANSWERS, "set_region"):
        return []
    talk.keep_region(scope.region, settled=True)
    meant = [option for option in question.options if option.here is says_here]
    return [Match(question.id, option.id, is_bare, len(text)) for option in meant]


def _is_elsewhere(talk: Talk, scope: Scope, is_open: bool) -> bool:
    """Whether the message names a place that no guide covers as the one where the person settles."""
    text = talk.ask.text
    if not scope.named or scope.province is not None or asks(text):
        return False
    places = [(clause, one) for clause in _CLAUSE_END.split(text) for one in talk.library.regions.find(clause)]
    if any(word in clause for clause, _ in places for word in _DENYING):
        return False
    if scope.settled:
        return True
    comes_from = any(clause[one.end :].startswith("人") for clause, one in places)
    return is_open and not comes_from and len(scope.text) <= BESIDE_A_PLACE


def _home(talk: Talk, province: ProvinceKnowledge, question: model.Question, is_open: bool) -> list[Match]:
    """The answer to a question about the home, from a clause that says hardly more than a place.

    Where the question was not put, the clause must say that it is the home.
    """
    by_place = any(option.home in ("same_place", "other_place") for option in question.options)
    is_possible = is_open or (question.ask_when is None and not by_place)
    wanted = {option.home: option.id for option in question.options if option.home and is_possible}
    text = talk.ask.text
    for clause in _CLAUSE_END.split(text) if wanted else ():
        mentions = talk.library.regions.find(clause, within=talk.region.code if talk.region else None)
        if len(mentions) != 1 or asks(clause) or any(word in clause for word in _DENYING):
            continue
        mention = mentions[0]
        rest = _HOME_WORDS.sub("", clause[: mention.start] + clause[mention.end :])
        is_home = bool((_OF_HOME if is_open else _REGISTERED).search(clause))
        if parts_of(clause, mentions)[0] == "settled" or len(rest) > BESIDE_A_PLACE or not (is_home or is_open):
            continue
        if not is_home and clause != text.strip() and len(text) - len(clause) > BESIDE_A_PLACE:
            continue
        place = mention.regions[0] if mention.certainty == "exact" else mention.province
        lies = _lies(talk, province, place) if place else set()
        is_all = bare(clause) == bare(text)
        return [Match(question.id, wanted[one], is_all, len(text), plain(clause)) for one in lies if one in wanted]
    return []


def _lies(talk: Talk, province: ProvinceKnowledge, place: Region) -> set[str]:
    """How a home lies to the province of the guide and to the kept place; where that is unclear, not said."""
    regions, kept = talk.library.regions, talk.region
    lies = {"same_province" if place.code[:2] == talk.library.region_of(province).code[:2] else "other_province"}
    if kept is None or kept.code.endswith("0000"):
        return lies | ({"other_place"} if "other_province" in lies else set())
    if kept.code in {above.code for above in regions.path(place.code)}:
        return lies | {"same_place"}
    return lies if place.code in {above.code for above in regions.path(kept.code)} else lies | {"other_place"}


def not_covered_here(talk: Talk, province: ProvinceKnowledge, matches: list[Match]) -> list[Reply]:
    """That no guide covers the place that was just given for an answer; nothing when none was, or one does."""
    by_place = {one.id for one in province.questionnaire.questions if any(option.here for option in one.options)}
    code = talk.region.code if talk.region else None
    region = talk.library.regions.by_code(code) if code and talk.province is None else None
    is_said = scope_of(talk).named and any(match.question in by_place for match in matches)
    return [not_covered(talk, region)] if region and is_said else []
