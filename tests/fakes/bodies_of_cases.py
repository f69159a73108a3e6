"""Bodies as strangers make them up: nearly right, wrong, and no JSON at all."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from tests.fakes.department import ID_NUMBER

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
MOMENTS = st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})")
ITEMS = st.sampled_from(["落户", "subsidy", "医保", "reporting"])
CASE_FIELDS = {
    "region": st.sampled_from(["河南", "海南", "410700", "朝阳", "台湾"]) | JUNK,
    "applicant": st.fixed_dictionaries({}, optional={"id_number": st.just(ID_NUMBER) | JUNK, "phone": JUNK}) | JUNK,
    "items": st.lists(ITEMS | st.text(max_size=9), max_size=4) | JUNK,
    "accepted_at": st.just("2026-11-02T09:00:00+08:00") | MOMENTS | JUNK,
    "platform_no": st.none() | st.text(max_size=140) | JUNK,
}
EVENT_FIELDS = {
    "event_id": st.text(max_size=140) | JUNK,
    "item": ITEMS | JUNK,
    "status": st.text(max_size=110) | JUNK,
    "at": st.just("2026-11-02T09:00:00+08:00") | MOMENTS | JUNK,
    "note": st.none() | st.text(max_size=510) | JUNK,
}


def _bodies(fields: dict[str, st.SearchStrategy[object]]) -> st.SearchStrategy[bytes]:
    whole, partly = st.fixed_dictionaries(fields), st.fixed_dictionaries({}, optional=fields)
    return st.binary(max_size=60) | (whole | partly | JUNK).map(lambda value: json.dumps(value).encode())


CASE_BODIES = _bodies(CASE_FIELDS)
EVENT_BODIES = _bodies(EVENT_FIELDS)
