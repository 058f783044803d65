-- People are sealed with the keys of their case; staff, partners and their services are not.

create table people (
  case_id uuid primary key references cases,
  sealed bytea not null
);

create table personal_answers (
  case_id uuid not null references cases,
  action_id text not null,
  item text not null,
  field text not null,
  compartment text not null,
  sealed bytea not null,
  primary key (case_id, action_id, item, field)
);

create table drafts (
  case_id uuid not null references cases,
  item text not null,
  user_id text not null,
  sealed bytea not null,
  saved timestamptz not null,
  primary key (case_id, item, user_id)
);

create table documents (
  id text primary key,
  case_id uuid not null references cases,
  by_user text not null,
  media_type text not null,
  bytes integer not null,
  received integer not null default 0,
  sha256 text,
  kept_until timestamptz not null
);
create table document_pieces (
  document_id text not null references documents on delete cascade,
  at_byte integer not null,
  sealed bytea not null,
  primary key (document_id, at_byte)
);

create table users (
  id text primary key,
  login text not null unique,
  name text not null,
  email text not null,
  language text not null default 'fr' check (language in ('fr', 'en')),
  secret_hash text not null,
  active boolean not null default true,
  away_from date,
  away_to date
);
create table holdings (
  user_id text not null references users,
  role text not null,
  place text not null,
  organisation text not null default 'dgme',
  until date,
  primary key (user_id, role, place)
);
create index holdings_by_role on holdings (role, place);

create table tokens (
  id text primary key,
  user_id text not null references users,
  hash text not null unique,
  device text,
  created timestamptz not null default now(),
  expires timestamptz not null,
  revoked timestamptz
);

create table partners (
  id text primary key,
  name text not null,
  place text not null,
  phone text,
  email text,
  agreement_until date
);
create table services (
  partner_id text not null references partners,
  family text not null,
  place text not null,
  rank integer not null,
  capacity integer,
  primary key (partner_id, family, place)
);
create table partner_links (
  hash text primary key,
  case_id uuid not null references cases,
  run text not null,
  partner text not null references partners,
  by_user text not null,
  created timestamptz not null default now(),
  ended timestamptz
);

create table staffing_holes (
  role text not null,
  place text not null,
  since timestamptz not null,
  primary key (role, place)
);
