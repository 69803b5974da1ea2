"""Everything SQL: SQLAlchemy Core tables in, facts out."""
