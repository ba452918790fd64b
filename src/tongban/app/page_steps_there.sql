-- Whether Django ever made tables in the node's schema of a PostgreSQL.
SELECT to_regclass('django_migrations') IS NOT NULL;
