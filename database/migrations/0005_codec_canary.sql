-- Sealed with each codec key that was ever active: a process without the right keys finds out before it starts.

create table codec_canaries (
  key_id text primary key,
  sealed bytea not null,
  added timestamptz not null default now()
);
grant select, insert on codec_canaries to segin_app;
