"""Settings: what the environment may say, and what is made where it says nothing."""

import stat
from pathlib import Path

import pytest

from api.secrets import MAKERS, SECRETS_FILE, new_key
from api.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TUIYI_{name.upper()}", raising=False)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_missing_secrets_are_made_and_kept(tmp_path: Path) -> None:
    first = load_settings(var_dir=tmp_path)

    second = load_settings(var_dir=tmp_path)

    assert first == second
    assert all(getattr(first, name).get_secret_value() for name in MAKERS)


def test_secrets_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    load_settings(var_dir=tmp_path)

    assert stat.S_IMODE((tmp_path / SECRETS_FILE).stat().st_mode) == 0o600


def test_secret_of_the_environment_is_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIYI_ACTION_TOKEN", "from-the-environment")

    settings = load_settings(var_dir=tmp_path)

    assert settings.action_token.get_secret_value() == "from-the-environment"
    assert "ACTION_TOKEN" not in (tmp_path / SECRETS_FILE).read_text()


def test_new_secret_joins_the_kept_ones(tmp_path: Path) -> None:
    (tmp_path / SECRETS_FILE).write_text("TUIYI_ACTION_TOKEN=kept")

    settings = load_settings(var_dir=tmp_path)

    assert settings.action_token.get_secret_value() == "kept"
    assert settings.data_key.get_secret_value()


def test_child_gets_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(var_dir=tmp_path, port=8123, database_url="postgresql:///x?host=/a%20b", demo=False)

    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)

    assert load_settings() == settings


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = load_settings(var_dir=tmp_path, database_url="postgresql://u:password-x@host/db")

    shown = repr(settings)

    assert settings.data_key.get_secret_value() not in shown
    assert "password-x" not in shown


def test_bad_value_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIYI_PORT", "eighty")

    with pytest.raises(SettingsError, match=r"^TUIYI_PORT: "):
        load_settings(var_dir=tmp_path)


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 8123}, "http://127.0.0.1:8123"),  # noqa: S104 (nothing listens)
        ({"host": "::"}, "http://[::1]:8000"),
        ({"public_url": "https://tuiyi.example.cn/"}, "https://tuiyi.example.cn"),
        ({"public_url": "https://office.example.cn/tuiyi"}, "https://office.example.cn/tuiyi"),
    ],
)
def test_links_lead_to_the_outside_address(tmp_path: Path, values: dict[str, object], address: str) -> None:
    assert load_settings(var_dir=tmp_path, **values).pages_url == address


@pytest.mark.parametrize("url", ["tuiyi.example.cn", "ftp://a.cn", "https://", "https://a.cn/?q=1", "https://u:p@a.cn"])
def test_outside_address_must_be_one(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"^TUIYI_PUBLIC_URL: "):
        load_settings(var_dir=tmp_path, public_url=url)


@pytest.mark.parametrize("name", ["data_key", "data_key_old", "index_key", "hotline_secret"])
def test_bad_secret_is_named_and_not_repeated(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"TUIYI_{name.upper()}", "c2hvcnQ=")

    with pytest.raises(SettingsError, match=f"^TUIYI_{name.upper()}: ") as error:
        load_settings(var_dir=tmp_path)

    assert "c2hvcnQ=" not in str(error.value)


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgres://u:p@h:5433/d", "postgresql+psycopg://u:p@h:5433/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@/d?host=%2Frun", "postgresql+psycopg://u@/d?host=%2Frun"),
    ],
)
def test_database_address_in_any_usual_spelling(given: str, understood: str) -> None:
    assert Settings(database_url=given).sqlalchemy_url == understood


def test_other_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"TUIYI_DATABASE_URL: .*expected postgresql://"):
        load_settings(var_dir=tmp_path, database_url="mysql://u@h/d")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"database_url": "postgresql://u@h/d"}, False),
        ({"database_url": "postgresql://u@h/d", "demo": True}, True),
        ({"demo": False}, False),
    ],
)
def test_demo_comes_by_itself_with_our_own_database_alone(
    tmp_path: Path, values: dict[str, object], expected: bool
) -> None:
    assert load_settings(var_dir=tmp_path, **values).demo is expected


@pytest.mark.parametrize(
    "url", ["http://platform.example/api", "ftp://platform.example", "https://a.cn/?q", "platform"]
)
def test_key_of_the_platform_goes_to_no_unsafe_address(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match=r"^TUIYI_PLATFORM_URL: "):
        load_settings(var_dir=tmp_path, platform_url=url)


@pytest.mark.parametrize("url", ["https://platform.example/api/v1", "http://127.0.0.1:9000/api/v1"])
def test_platform_is_asked_there(tmp_path: Path, url: str) -> None:
    assert load_settings(var_dir=tmp_path, platform_url=f"{url}/").platform_url == url


def test_older_keys_are_a_list(tmp_path: Path) -> None:
    first, second = new_key(), new_key()

    settings = load_settings(var_dir=tmp_path, data_key_old=f"{first}, {second}")

    assert settings.old_data_keys == (first, second)


def test_no_older_key_is_made(tmp_path: Path) -> None:
    assert load_settings(var_dir=tmp_path).old_data_keys == ()


def test_key_moved_in_the_secrets_file_becomes_an_older_one(tmp_path: Path) -> None:
    first = load_settings(var_dir=tmp_path).data_key.get_secret_value()
    file = tmp_path / SECRETS_FILE
    file.write_text(file.read_text().replace("TUIYI_DATA_KEY=", "TUIYI_DATA_KEY_OLD="))

    settings = load_settings(var_dir=tmp_path)

    assert settings.old_data_keys == (first,)
    assert settings.data_key.get_secret_value() != first


@pytest.mark.parametrize(
    ("name", "value"),
    [("telegram_token", "123:a/b"), ("telegram_secret", "not ascii 密"), ("telegram_api_url", "ftp://api")],
)
def test_what_telegram_cannot_take_is_named_and_not_repeated(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"TUIYI_{name.upper()}", value)

    with pytest.raises(SettingsError, match=f"^TUIYI_{name.upper()}: ") as error:
        load_settings(var_dir=tmp_path)

    assert value not in str(error.value)
