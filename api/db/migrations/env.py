"""What Alembic runs: migrations in one transaction, one process at a time."""

from alembic import context
from sqlalchemy import create_engine, text

from api.db.models import Base
from api.settings import load_settings

# Any number will do; it is ours in this database.
ADVISORY_LOCK = 7_316_004

url: str = context.config.attributes.get("url") or load_settings().database_url
engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": ADVISORY_LOCK})
        context.run_migrations()
    connection.commit()
engine.dispose()
