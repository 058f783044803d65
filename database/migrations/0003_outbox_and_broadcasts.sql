-- Exactly one row a rung or notice; the relay claims rows with a lease and groups those of one person into one mail.

create table outbox (
  key text primary key,
  case_id uuid not null references cases,
  item text not null,
  notice text not null,
  rung text,
  role text not null,
  user_id text,
  place text,
  due timestamptz not null,
  restricted boolean not null,
  state text not null default 'pending' check (state in ('pending', 'sent', 'parked', 'dropped')),
  attempts integer not null default 0,
  next_try timestamptz not null default now(),
  lease_until timestamptz,
  lease_owner text,
  sent_to text,
  message_id text,
  sent timestamptz,
  problem text,
  added timestamptz not null default now()
);
create index outbox_waiting on outbox (next_try) where state = 'pending';
create index outbox_of_case on outbox (case_id, due);

create table broadcasts (
  id text primary key,
  kind text not null,
  settings_version integer not null references settings,
  total integer not null,
  created timestamptz not null default now(),
  finished timestamptz
);
