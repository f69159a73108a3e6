"""Says what to write into a field of the application form, as far as the guide names its fields."""

from __future__ import annotations

from actions import replies
from actions.scope import Scope
from actions.talk import Talk
from bot.message import Reply
from knowledge.answers import Said
from knowledge.form_fields import FieldTalk, field_talk
from knowledge.model import Form

SURELY = 0.9
"""From this chance on a question is for what the guide says of the form, not for the field that it names."""


def field_help(talk: Talk, scope: Scope) -> Reply | None:
    """The reply to a message that asks how a field of the form is filled in; None for any other."""
    province = scope.province
    asked = field_talk(province.form, scope.text) if province and province.form else None
    if province is None or province.form is None or asked is None:
        return None
    found = talk.knowledge.resolver(province).near(scope.text, 1)
    if found.best and found.chance >= SURELY and found.best.entry.kind == "topic":
        return None  # 「在部队入的党，表上填哪天」 names the unit's field and asks for another.
    form = province.form
    ids = tuple(f"{province.id}.form.{field.id}" for field in asked.fields) or (f"{province.id}.form.{form.id}",)
    say = _say(talk, form, asked, province.head.ask_whom)
    said = Said(say, None, None, "none" if asked.unknown else "complete", ids, form.source)
    return replies.answer(talk, scope, province, said)


def _say(talk: Talk, form: Form, asked: FieldTalk, ask_whom: str) -> str:
    say = talk.library.phrase
    if asked.unknown:
        return say("field_unknown", form=form.name, field=asked.unknown) + say("who_knows", ask=ask_whom)
    if not asked.fields:
        return form.say + say("which_field", field=form.fields[0].label)
    return "".join(say("form_field", field=field.label, say=field.say) for field in asked.fields)
