"""The document that departments build against is complete and true."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import httpx
import pytest
from jsonschema_rs import validator_for

from api.http.cases_document import EXAMPLES, document_of
from api.settings import Settings
from tests.api.conftest import House
from tests.fakes.department import Department, new_key
from tests.fakes.site import Site

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS_THAT_SAY_NOTHING_HERE = "positive_data_acceptance"
"""An identity number has a check character, and an item belongs to a province: no schema can say that."""


async def test_every_address_of_the_cases_is_documented(house: House) -> None:
    told = (await house.http.get("/api/v1/openapi.json")).json()

    assert {(path, method) for path, known in told["paths"].items() for method in known if method != "parameters"} == {
        ("/api/v1/cases", "post"),
        ("/api/v1/cases/{case_no}", "get"),
        ("/api/v1/cases/{case_no}/events", "post"),
        ("/api/v1/openapi.json", "get"),
    }


def test_every_answer_has_an_example_of_its_shape() -> None:
    document = document_of("1")
    shapes = document["components"]["schemas"]
    text = EXAMPLES.read_text(encoding="utf-8")

    for name, shape in shapes.items():
        for example in shape.get("examples", []):
            validator = validator_for({**shape, "components": {"schemas": shapes}})
            assert [error.message for error in validator.iter_errors(example)] == []
            assert f"{name}:" in text
    answers = [
        answer
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in ("get", "post") and operation.get("security") != []
        for answer in operation["responses"].values()
    ]
    assert [one for one in answers if not all("example" in kind for kind in one["content"].values())] == []


async def test_example_is_taken_as_it_stands(house: House) -> None:
    document = document_of("1")
    shapes = document["components"]["schemas"]
    platform = Department(house.http, await new_key(house.settings))

    opened = await platform.post("/api/v1/cases", shapes["CaseBody"]["examples"][0])
    number = opened.json()["case_no"]
    taken = await platform.post(f"/api/v1/cases/{number}/events", shapes["EventBody"]["examples"][0])

    assert (opened.status_code, taken.status_code) == (201, 202)
    assert (await platform.show(number)).status_code == 200


@pytest.mark.processes
async def test_schemathesis_finds_nothing(settings: Settings, tmp_path: Path) -> None:
    """A real server, over a real connection: bodies, headers and addresses made up from the document."""
    secret = await new_key(settings)
    site = Site(settings)
    async with site.up():
        async with httpx.AsyncClient(base_url=site.address) as http:
            number = await Department(http, secret).opened()
        parameters = tmp_path / "schemathesis.toml"
        parameters.write_text(
            f'[[operations]]\ninclude-path-regex = "case_no"\nparameters = {{ case_no = "{number}" }}\n'
        )
        process = await asyncio.create_subprocess_exec(
            *(SCHEMATHESIS, f"--config-file={parameters}", "run", f"{site.address}api/v1/openapi.json"),
            *("--header", f"Authorization: Bearer {secret}", "--checks", "all"),
            *("--exclude-checks", CHECKS_THAT_SAY_NOTHING_HERE, "--max-examples", "25", "--seed", "6", "--no-color"),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=tmp_path,
        )
        output, _ = await process.communicate()

    assert process.returncode == 0, output.decode()
