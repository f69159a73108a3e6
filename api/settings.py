"""Every setting of the product: environment variables with the prefix TUIYI_, read in one place."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.secrets import SECRETS_FILE, ensure_secrets

ROOT = Path(__file__).resolve().parents[1]
POSTGRESQL_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg", "postgresql+psycopg2")

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=300)]


def decoded(text: str) -> bytes:
    """The bytes behind base64; none when it is not base64."""
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


class SettingsError(Exception):
    """A setting cannot be used; the message names it and never repeats a secret."""


class Settings(BaseSettings):
    """What an office can set. Each field is the environment variable TUIYI_ + its name in capitals.

    A secret that is not set is made at the first start and kept in `secrets.env` in the folder for data;
    `load_settings` sees to that.
    """

    model_config = SettingsConfigDict(env_prefix="TUIYI_", extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 makes it reachable from other machines.")
    port: Port = Field(8000, description="Port to listen on; 0 takes a free one.")
    public_url: str = Field(
        "",
        description="Where people reach the pages from outside: https://tuiyi.example.cn; empty: host and port.",
    )
    rasa_port: Port = Field(0, description="Port of Rasa on 127.0.0.1; 0 takes a free one.")
    var_dir: Path = Field(ROOT / "var", description="Folder for data: database, model, logs, secrets.")
    database_url: str = Field(
        "",
        repr=False,
        description="PostgreSQL 15 or newer, postgresql://user:password@host/name; empty starts an own server.",
    )
    hotline_secret: SecretStr = Field(
        SecretStr(""), description="Secret that signs messages of the hotline: whsec_ + base64 of 24 to 64 bytes."
    )
    hotline_push_url: str = Field("", description="Where later replies to hotline callers are posted; empty: nowhere.")
    telegram_token: SecretStr = Field(SecretStr(""), description="The bot's token from @BotFather; empty: no Telegram.")
    telegram_api_url: str = Field("https://api.telegram.org", description="Where Telegram's Bot API is.")
    telegram_mode: Literal["webhook", "polling"] = Field(
        "webhook",
        description="How updates come: delivered to TUIYI_PUBLIC_URL, or asked for where nothing from outside gets in.",
    )
    telegram_secret: SecretStr = Field(
        SecretStr(""), description="What Telegram shows with each update: 1 to 256 letters, digits, _ and -."
    )
    wechat_app_id: str = Field("", pattern=r"^[A-Za-z0-9_-]*$", description="AppID of the account; empty: no WeChat.")
    wechat_token: SecretStr = Field(
        SecretStr(""), description="Token that was chosen for the server configuration; empty: no WeChat."
    )
    wechat_aes_key: SecretStr = Field(
        SecretStr(""), description="EncodingAESKey of the safe mode: 43 letters and digits; empty: plain mode."
    )
    wechat_secret: SecretStr = Field(
        SecretStr(""), description="AppSecret of the account, for customer-service messages; empty: no WeChat."
    )
    wechat_api_url: str = Field("https://api.weixin.qq.com", description="Where WeChat's interface is.")
    terminal_secret: SecretStr = Field(SecretStr(""), description="Secret that signs the messages of `tuiyi chat`.")
    data_key: SecretStr = Field(SecretStr(""), description="Base64 of 32 bytes; seals what is stored (AES-256-GCM).")
    data_key_old: SecretStr = Field(
        SecretStr(""), description="Earlier data keys, separated by commas; they open what was sealed with them."
    )
    index_key: SecretStr = Field(
        SecretStr(""), description="Base64 of 32 bytes; finds sealed values again (HMAC-SHA256)."
    )
    action_token: SecretStr = Field(SecretStr(""), description="What Rasa shows when it calls the app's actions.")
    turn_limit_seconds: Seconds = Field(8, description="Longest time for one turn of a conversation.")
    response_limit_seconds: Seconds = Field(
        9, description="Longest wait of a caller for the reply; then it is told that the reply follows."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(16, description="Conversations handled side by side.")
    platform_url: str = Field(
        "", description="Platform that is asked for cases it does not push, before `/cases/`; empty: none."
    )
    platform_key: SecretStr = Field(SecretStr(""), description="What we show to that platform, as a bearer key.")
    platform_region: str = Field(
        "", pattern=r"^(\d{6})?$", description="Adcode of the place whose cases that platform tells of; empty: any."
    )
    demo: bool | None = Field(
        None,
        description="Whether a demo case exists that shows how progress is told; unset: with our own database alone.",
    )
    service_phone: str = Field("12345", description="Telephone number named when a person is needed.")
    desk_hours: str = Field(
        "08:30-12:00 14:30-17:30", description="When counselors are there on working days, local time."
    )
    desk_patience_minutes: Annotated[int, Field(ge=1, le=480)] = Field(
        10, description="Working minutes after which a request that nobody took is shown to the leads on top."
    )
    quiet_hours: str = Field(
        "21:00-08:00", description="When no news is sent that can wait, local time every day; empty: never."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")

    @field_validator("var_dir")
    @classmethod
    def make_absolute(cls, folder: Path) -> Path:
        """The folder whatever the current directory will be."""
        return folder.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def name_one_scheme(cls, url: str) -> str:
        """The address as libpq, SQLAlchemy and Rasa all take it: postgresql://..."""
        if not url:
            return url
        parts = urlsplit(url)
        if parts.scheme not in POSTGRESQL_SCHEMES:
            raise ValueError("expected postgresql://user:password@host/name")
        # urlunsplit drops the empty host of a socket address.
        return urlunsplit(("postgresql", parts.netloc or "@", *parts[2:]))

    @field_validator("telegram_token")
    @classmethod
    def fit_into_an_address(cls, token: SecretStr) -> SecretStr:
        """A token as Telegram gives it, at least in what it is made of."""
        if not re.fullmatch(r"[A-Za-z0-9:_-]*", token.get_secret_value()):
            raise ValueError("expected letters, digits, : _ and - alone")
        return token

    @field_validator("telegram_secret")
    @classmethod
    def fit_into_a_header(cls, secret: SecretStr) -> SecretStr:
        """A secret as Telegram takes it."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
            raise ValueError("expected up to 256 letters, digits, _ and -")
        return secret

    @field_validator("wechat_aes_key")
    @classmethod
    def hold_an_aes_key(cls, key: SecretStr) -> SecretStr:
        """A key as WeChat gives it."""
        if not re.fullmatch(r"([A-Za-z0-9]{43})?", key.get_secret_value()):
            raise ValueError("expected 43 letters and digits")
        return key

    @field_validator("hotline_push_url", "telegram_api_url", "wechat_api_url")
    @classmethod
    def be_a_web_address(cls, url: str) -> str:
        """An address that can be posted to."""
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("expected http:// or https:// and a host")
        return url

    @field_validator("platform_url")
    @classmethod
    def be_a_safe_address(cls, url: str) -> str:
        """An address to which a key may go: encrypted, or on this machine."""
        url = cls.be_the_beginning_of_an_address(url)
        if urlsplit(url).scheme == "http" and urlsplit(url).hostname not in ("127.0.0.1", "::1", "localhost"):
            raise ValueError("expected https://, because a key is sent there")
        return url

    @field_validator("platform_key")
    @classmethod
    def fit_into_a_bearer(cls, key: SecretStr) -> SecretStr:
        """A key that a header takes."""
        if not re.fullmatch(r"[!-~]*", key.get_secret_value()):
            raise ValueError("expected printable ASCII without blanks")
        return key

    @field_validator("public_url")
    @classmethod
    def be_the_beginning_of_an_address(cls, url: str) -> str:
        """An address that a path can be put behind."""
        if url and (not url.isascii() or any(mark in url for mark in "?#@ ")):
            raise ValueError("expected http:// or https:// and a host, without user, query and blanks")
        return cls.be_a_web_address(url).rstrip("/")

    @field_validator("data_key", "index_key")
    @classmethod
    def hold_32_bytes(cls, key: SecretStr) -> SecretStr:
        """A key that the cipher takes."""
        if key.get_secret_value() and len(decoded(key.get_secret_value())) != 32:
            raise ValueError("expected base64 of 32 bytes")
        return key

    @field_validator("data_key_old")
    @classmethod
    def hold_32_bytes_each(cls, keys: SecretStr) -> SecretStr:
        """Keys that the cipher takes."""
        for key in keys.get_secret_value().split(",") if keys.get_secret_value() else ():
            cls.hold_32_bytes(SecretStr(key.strip() or "-"))
        return keys

    @field_validator("hotline_secret")
    @classmethod
    def follow_standard_webhooks(cls, secret: SecretStr) -> SecretStr:
        """A secret as the specification of Standard Webhooks has it."""
        text = secret.get_secret_value()
        if text and not (text.startswith("whsec_") and 24 <= len(decoded(text.removeprefix("whsec_"))) <= 64):
            raise ValueError("expected whsec_ and base64 of 24 to 64 bytes")
        return secret

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address for SQLAlchemy with psycopg 3."""
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def old_data_keys(self) -> tuple[str, ...]:
        """The keys that open what was sealed before the newest one was made."""
        return tuple(key.strip() for key in self.data_key_old.get_secret_value().split(",") if key.strip())

    @property
    def pages_url(self) -> str:
        """Under which address people reach the pages; on this machine as long as none is set. No slash at its end."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        return self.public_url or (f"http://[{here}]:{self.port}" if ":" in here else f"http://{here}:{self.port}")

    @property
    def log_dir(self) -> Path:
        """Where each process writes what it has to say, a file a process."""
        return self.var_dir / "log"

    def with_values(self, **values: Any) -> "Settings":
        """The same settings but for these."""
        return self.model_copy(update=values)

    def environment(self) -> dict[str, str]:
        """The environment variables that give a child process the same settings."""
        values = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            plain = value.get_secret_value() if isinstance(value, SecretStr) else value
            values[f"TUIYI_{name.upper()}"] = str(plain)
        return values


def load_settings(**values: Any) -> Settings:
    """The settings of the environment, with `values` before them and the kept secrets behind them.

    Makes the secrets that are set nowhere. Raises SettingsError.
    """
    try:
        first = Settings(**values)
        ensure_secrets(first.var_dir, {name for name in Settings.model_fields if getattr(first, name)})
        # An underscore marks what pydantic-settings takes for itself; its type stub does not list it.
        kept = Settings(_env_file=first.var_dir / SECRETS_FILE, **values)  # type: ignore[call-arg]
        return kept if kept.demo is not None else kept.with_values(demo=not kept.database_url)
    except ValidationError as error:
        faults = [f"TUIYI_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise SettingsError("; ".join(faults)) from None
    except OSError as error:
        raise SettingsError(f"TUIYI_VAR_DIR: {error}") from error
