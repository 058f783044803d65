-- One act over many cases: what was asked of which cases, how far it has come, and its lifting.
-- What a batch says is the same for all of its cases, so nothing here is personal; nothing restricted begins by one.
create table batches (
  id text primary key,
  digest text not null,
  procedure text not null,
  answers jsonb not null,
  filter jsonb not null,
  -- Where its cases were followed when it was asked.
  places text[] not null,
  by_user text not null references users,
  by_holds jsonb not null,
  asked timestamptz not null,
  begun timestamptz,
  lift_id text,
  lift_user text references users,
  lift_holds jsonb,
  lift_asked timestamptz,
  lifted timestamptz
);
create index batches_unfinished on batches (asked) where begun is null or (lift_id is not null and lifted is null);

create table batch_cases (
  batch_id text not null references batches,
  case_id uuid not null references cases,
  -- `over`: what the batch began there had ended by itself; `kept`: it could not be lifted.
  state text not null default 'waiting'
    check (state in ('waiting', 'begun', 'refused', 'nothing', 'lifted', 'over', 'kept')),
  refusal jsonb,
  primary key (batch_id, case_id)
);
create index batch_cases_by_state on batch_cases (batch_id, state);

grant select, insert, update on batches, batch_cases to segin_app;
