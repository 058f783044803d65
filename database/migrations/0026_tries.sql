-- Tries at what could be guessed, counted for all processes together: each pushes the end of what is spent further away.
create table tries (
  -- Keyed digest of what is tried.
  about text primary key,
  spent_until timestamptz not null
);
create index tries_over on tries (spent_until);
grant select, insert, update, delete on tries to segin_app;
