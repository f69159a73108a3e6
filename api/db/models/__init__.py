"""All tables of the app. Rasa keeps its tracker in the schema `rasa` beside them.

Raw personal data stands in `sealed` columns only (AES-GCM); what must be found again has an HMAC beside it.
Every time is an instant (timestamptz).
"""

from api.db.models.base import NOW, Base
from api.db.models.cases import ApiKey, CaseBinding, CaseEvent, CaseFile, CaseItem, WrongProof
from api.db.models.changes import ChangeEdit, ChangeSet
from api.db.models.conversations import (
    Allowance,
    Conversation,
    Inbox,
    Outbox,
    PersonRequest,
    Quarantine,
    Transcript,
    Vault,
)
from api.db.models.desk import DeskEscalation, DeskVisit
from api.db.models.desk_care import CallBack, DeskReferral, WorkOrder, WorkOrderEvent
from api.db.models.desk_notes import DeskLabel, DeskNote
from api.db.models.guides import GuideText, GuideVersion, SheetImport
from api.db.models.impact import Impact, ImpactQuestion
from api.db.models.journey import Consent, ResumeCode, Slip, WrongCode
from api.db.models.news import CaseRating, DeskTask, PlannedMessage
from api.db.models.office import CannedReply, ServiceNotice, ToldNotice
from api.db.models.person import LinkCode, PersonLink, WrongLinkCode
from api.db.models.quality import AnswerMark, ApprovalSwitch, HeldReply
from api.db.models.questions import EntryUse, OpenQuestion, QuestionDecision, QuestionGroup, ReadUpTo
from api.db.models.releases import (
    KnowledgeBlob,
    KnowledgeImport,
    KnowledgeImportFile,
    KnowledgeRelease,
    KnowledgeReleaseFile,
)
from api.db.models.staff import AuditEntry, StaffLoginTry, StaffMember, StaffSession

__all__ = [
    "NOW",
    "Allowance",
    "AnswerMark",
    "ApiKey",
    "ApprovalSwitch",
    "AuditEntry",
    "Base",
    "CallBack",
    "CannedReply",
    "CaseBinding",
    "CaseEvent",
    "CaseFile",
    "CaseItem",
    "CaseRating",
    "ChangeEdit",
    "ChangeSet",
    "Consent",
    "Conversation",
    "DeskEscalation",
    "DeskLabel",
    "DeskNote",
    "DeskReferral",
    "DeskTask",
    "DeskVisit",
    "EntryUse",
    "GuideText",
    "GuideVersion",
    "HeldReply",
    "Impact",
    "ImpactQuestion",
    "Inbox",
    "KnowledgeBlob",
    "KnowledgeImport",
    "KnowledgeImportFile",
    "KnowledgeRelease",
    "KnowledgeReleaseFile",
    "LinkCode",
    "OpenQuestion",
    "Outbox",
    "PersonLink",
    "PersonRequest",
    "PlannedMessage",
    "Quarantine",
    "QuestionDecision",
    "QuestionGroup",
    "ReadUpTo",
    "ResumeCode",
    "ServiceNotice",
    "SheetImport",
    "Slip",
    "StaffLoginTry",
    "StaffMember",
    "StaffSession",
    "ToldNotice",
    "Transcript",
    "Vault",
    "WorkOrder",
    "WorkOrderEvent",
    "WrongCode",
    "WrongLinkCode",
    "WrongProof",
]
