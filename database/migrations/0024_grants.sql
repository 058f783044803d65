-- Roles given to people over the API. One that opens restricted work waits until somebody who holds it signs: until then,
-- and when it is refused or runs out, nobody holds anything by it. Rows stay: they say who asked and who signed.
create table grants (
  id text primary key,
  digest text not null,
  user_id text not null references users,
  role text not null,
  place text not null,
  until date,
  by_user text not null references users,
  by_holds jsonb not null,
  asked timestamptz not null,
  -- null for a role that opens nothing restricted.
  expires timestamptz,
  state text not null check (state in ('waiting', 'granted', 'refused')),
  answered_by text references users,
  -- What the one who signed held.
  answered_as text,
  answered timestamptz
);
create index grants_newest on grants (asked desc, id);

grant select, insert on grants to segin_app;
grant update (state, answered_by, answered_as, answered) on grants to segin_app;
