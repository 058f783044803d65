-- Work that goes from one person to another: who is away until when, who takes which case, how far it has come.
-- Restricted work is never in these rows.
alter table users add column caseload integer not null default 60 check (caseload > 0);

create table handovers (
  id text primary key,
  digest text not null,
  because text not null check (because in ('leave', 'illness', 'departure', 'office_closure')),
  people text[] not null,
  successors text[] not null,
  -- Where these people work; for a closure, the place that closes.
  places text[] not null,
  by_user text not null references users,
  by_holds jsonb not null,
  starts date not null,
  until date,
  asked timestamptz not null,
  moved timestamptz,
  finished timestamptz
);
create index handovers_unfinished on handovers (starts) where finished is null;

create table handover_cases (
  handover_id text not null references handovers,
  case_id uuid not null references cases,
  from_user text not null references users,
  to_user text not null references users,
  state text not null default 'planned' check (state in ('planned', 'moved', 'nothing', 'refused', 'returned')),
  primary key (handover_id, case_id, from_user)
);

grant select, insert, update on handovers, handover_cases to segin_app;
