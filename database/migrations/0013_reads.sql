-- Who opened what is sealed about whom: one row a screen, written before it answers, never changed by the application.

create table reads (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  user_id text not null,
  purpose text not null,
  -- Of a restricted run only: whoever may not know of the run may not know of the read either.
  run text,
  case_ids uuid[] not null
);
create index reads_of_case on reads using gin (case_ids);
grant select, insert on reads to segin_app;
