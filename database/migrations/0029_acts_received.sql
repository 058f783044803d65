-- When an act was first received and had happened, for as long as a copy of it may be on its way: the engine may give the
-- worker one copy and keep another under the same id, so whatever is sent again is the same to the letter (decision 33).
create table acts_received (
  action_id text primary key,
  -- Business time in milliseconds, as it stands in the act.
  received bigint not null,
  happened bigint not null,
  at timestamptz not null default now()
);
create index acts_received_at on acts_received (at);
grant select, insert, update, delete on acts_received to segin_app;
