-- The steps that were taken in the tables of the pages, in the ledger that Django keeps.
SELECT app, name FROM django_migrations;
