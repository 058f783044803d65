-- The application writes and reads, but the ledger and the published procedures are append-only for it.

do $$
begin
  if not exists (select from pg_roles where rolname = 'segin_app') then
    create role segin_app nologin;
  end if;
end $$;

grant usage on schema public to segin_app;
grant select, insert, update, delete on all tables in schema public to segin_app;
revoke update, delete, truncate on case_events, case_actions, procedures, settings from segin_app;
revoke delete on cases, case_keys, personal_answers, outbox from segin_app;
revoke update on personal_answers from segin_app;
revoke all on schema_migrations from segin_app;
grant select on schema_migrations to segin_app;
