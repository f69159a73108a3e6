"""What a fact looks like. Every file under `data/` is one of these shapes; an unknown key is an error.

The order of the fields is the order of the keys in the files. Text for people is written by the content owner in
the files; code picks and orders it and never rewords it.
"""

from knowledge.model.catalogue import (
    AspectEntry,
    Catalogue,
    CatalogueEntry,
    Entries,
    Entry,
    Outside,
    Phrases,
    Status,
    Term,
)
from knowledge.model.facts import Aspect, Completeness, Id, Listed, Source, Sourced, Sources, Statement, Strict
from knowledge.model.items import Event, HowItRuns, Item, NotNeeded, Paper, PaperForm, Papers, TimeLimit
from knowledge.model.province import (
    Form,
    FormField,
    Gap,
    Gaps,
    Guide,
    Notice,
    Notices,
    Portal,
    Portals,
    Province,
    Topic,
    Topics,
)
from knowledge.model.questions import Option, Outcome, Question, Questionnaire

__all__ = [
    "Aspect",
    "AspectEntry",
    "Catalogue",
    "CatalogueEntry",
    "Completeness",
    "Entries",
    "Entry",
    "Event",
    "Form",
    "FormField",
    "Gap",
    "Gaps",
    "Guide",
    "HowItRuns",
    "Id",
    "Item",
    "Listed",
    "NotNeeded",
    "Notice",
    "Notices",
    "Option",
    "Outcome",
    "Outside",
    "Paper",
    "PaperForm",
    "Papers",
    "Phrases",
    "Portal",
    "Portals",
    "Province",
    "Question",
    "Questionnaire",
    "Source",
    "Sourced",
    "Sources",
    "Statement",
    "Status",
    "Strict",
    "Term",
    "TimeLimit",
    "Topic",
    "Topics",
]
