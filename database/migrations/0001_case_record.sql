-- The record of cases: an append-only ledger, the keys that seal it, and the overview that lists are served from.

create table installation (
  one_row boolean primary key default true check (one_row),
  id uuid not null,
  kind text not null check (kind in ('training', 'service')),
  engine integer not null,
  created timestamptz not null
);

create table settings (
  version integer primary key,
  content jsonb not null,
  declared timestamptz not null,
  by_user text,
  reason text not null
);

create table procedures (
  id text not null,
  version integer not null,
  hash text not null unique,
  compiled jsonb not null,
  document jsonb not null,
  published timestamptz not null,
  primary key (id, version)
);

create table cases (
  case_id uuid primary key,
  number text not null unique,
  subject text not null check (subject in ('case', 'arrival')),
  status text not null check (status in ('new', 'open', 'closed')),
  incarnation integer not null default 1,
  head_seq integer not null default 0,
  head_hash text not null default repeat('0', 64),
  opened timestamptz,
  closed timestamptz,
  closed_reason text,
  stage text,
  home text,
  centre text,
  case_manager text,
  arrival text,
  next_wake timestamptz,
  settings_version integer not null default 0,
  engine integer not null default 1,
  stopped text
);
create index cases_behind on cases (settings_version) where status = 'open';
create index cases_awake on cases (next_wake) where status = 'open';
create index cases_listed on cases (status, opened desc, case_id);
create index cases_of_arrival on cases (arrival) where arrival is not null;

-- Each case has one key a compartment, wrapped by the installation's master key; destroying it erases what it sealed.
create table case_keys (
  case_id uuid not null references cases,
  compartment text not null,
  wrapped bytea,
  destroyed timestamptz,
  primary key (case_id, compartment)
);

create table case_events (
  case_id uuid not null references cases,
  seq integer not null check (seq > 0),
  incarnation integer not null,
  compartment text not null,
  sealed bytea not null,
  commitment text not null,
  hash text not null,
  at timestamptz not null,
  recorded timestamptz not null,
  action_id text,
  primary key (case_id, seq)
);

create table case_actions (
  action_id text primary key,
  case_id uuid not null references cases,
  act text not null,
  digest text not null,
  from_seq integer not null,
  to_seq integer not null,
  recorded timestamptz not null default now()
);

create table runs (
  case_id uuid not null references cases,
  run text not null,
  procedure text not null,
  version integer not null,
  hash text not null,
  status text not null check (status in ('open', 'completed', 'stopped')),
  begun timestamptz not null,
  visible_to text[],
  primary key (case_id, run)
);

create table open_steps (
  case_id uuid not null references cases,
  item text not null,
  run text not null,
  procedure text not null,
  version integer not null,
  step text not null,
  round integer not null,
  kind text not null,
  stage text not null,
  state text not null check (state in ('open', 'waiting', 'held')),
  roles text[] not null,
  users text[] not null,
  partner text,
  told text[] not null,
  place text,
  owner text,
  visible_to text[],
  opened timestamptz not null,
  clock text,
  clock_kind text,
  due timestamptz,
  breached boolean not null,
  next_rung timestamptz,
  next_rung_role text,
  fired integer not null,
  primary key (case_id, item)
);
create index open_steps_by_owner on open_steps (owner, due);
create index open_steps_by_place on open_steps (place, due);
create index open_steps_late on open_steps (due) where breached;
