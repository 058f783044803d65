-- Written from the catalog of a migrated database; a test holds it. Change it by a migration.

create table acts_received (
  action_id text not null,
  received bigint not null,
  happened bigint not null,
  at timestamp with time zone not null default now(),
  PRIMARY KEY (action_id)
);
CREATE INDEX acts_received_at ON public.acts_received USING btree (at);
grant delete, insert, select, update on acts_received to segin_app;

create table batch_cases (
  batch_id text not null,
  case_id uuid not null,
  state text not null default 'waiting'::text,
  refusal jsonb,
  CHECK ((state = ANY (ARRAY['waiting'::text, 'begun'::text, 'refused'::text, 'nothing'::text, 'lifted'::text, 'over'::text, 'kept'::text]))),
  FOREIGN KEY (batch_id) REFERENCES batches(id),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (batch_id, case_id)
);
CREATE INDEX batch_cases_by_state ON public.batch_cases USING btree (batch_id, state);
grant insert, select, update on batch_cases to segin_app;

create table batches (
  id text not null,
  digest text not null,
  procedure text not null,
  answers jsonb not null,
  filter jsonb not null,
  places text[] not null,
  by_user text not null,
  by_holds jsonb not null,
  asked timestamp with time zone not null,
  begun timestamp with time zone,
  lift_id text,
  lift_user text,
  lift_holds jsonb,
  lift_asked timestamp with time zone,
  lifted timestamp with time zone,
  FOREIGN KEY (by_user) REFERENCES users(id),
  FOREIGN KEY (lift_user) REFERENCES users(id),
  PRIMARY KEY (id)
);
CREATE INDEX batches_unfinished ON public.batches USING btree (asked) WHERE ((begun IS NULL) OR ((lift_id IS NOT NULL) AND (lifted IS NULL)));
grant insert, select, update on batches to segin_app;

create table broadcasts (
  id text not null,
  kind text not null,
  settings_version integer not null,
  total integer not null,
  created timestamp with time zone not null default now(),
  finished timestamp with time zone,
  FOREIGN KEY (settings_version) REFERENCES settings(version),
  PRIMARY KEY (id)
);
grant delete, insert, select, update on broadcasts to segin_app;

create table case_actions (
  action_id text not null,
  case_id uuid not null,
  act text not null,
  digest text not null,
  from_seq integer not null,
  to_seq integer not null,
  recorded timestamp with time zone not null default now(),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (action_id)
);
grant insert, select on case_actions to segin_app;

create table case_events (
  case_id uuid not null,
  seq integer not null,
  incarnation integer not null,
  compartment text not null,
  sealed bytea not null,
  commitment text not null,
  hash text not null,
  at timestamp with time zone not null,
  recorded timestamp with time zone not null,
  action_id text,
  CHECK ((seq > 0)),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, seq)
);
grant insert, select on case_events to segin_app;

create table case_keys (
  case_id uuid not null,
  compartment text not null,
  wrapped bytea,
  destroyed timestamp with time zone,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, compartment)
);
grant insert, select, update on case_keys to segin_app;

create table cases (
  case_id uuid not null,
  number text not null,
  subject text not null,
  status text not null,
  incarnation integer not null default 1,
  head_seq integer not null default 0,
  head_hash text not null default repeat('0'::text, 64),
  opened timestamp with time zone,
  closed timestamp with time zone,
  closed_reason text,
  stage text,
  home text,
  centre text,
  case_manager text,
  arrival text,
  next_wake timestamp with time zone,
  settings_version integer not null default 0,
  engine integer not null default 1,
  stopped text,
  merged_into text,
  erased timestamp with time zone,
  placed_seq integer not null default 0,
  CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'closed'::text]))),
  CHECK ((subject = ANY (ARRAY['case'::text, 'arrival'::text]))),
  PRIMARY KEY (case_id),
  UNIQUE (number)
);
CREATE INDEX cases_awake ON public.cases USING btree (next_wake) WHERE (status = 'open'::text);
CREATE INDEX cases_behind ON public.cases USING btree (settings_version) WHERE (status = 'open'::text);
CREATE INDEX cases_listed ON public.cases USING btree (status, opened DESC, case_id);
CREATE INDEX cases_merged_into ON public.cases USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX cases_newest ON public.cases USING btree (opened DESC, case_id DESC) WHERE (subject = 'case'::text);
CREATE INDEX cases_of_arrival ON public.cases USING btree (arrival) WHERE (arrival IS NOT NULL);
CREATE INDEX cases_of_manager ON public.cases USING btree (case_manager) WHERE (status = 'open'::text);
CREATE INDEX cases_to_place ON public.cases USING btree (case_id) WHERE (placed_seq < head_seq);
grant insert, select, update on cases to segin_app;
grant select on cases to segin_lists;
alter table cases enable row level security;
create policy application on cases for all to segin_app using (true);
create policy viewer on cases for select to segin_lists using (((case_manager = ( SELECT viewer_user() AS viewer_user)) OR (home = ANY (( SELECT viewer_places() AS viewer_places)::text[])) OR (centre = ANY (( SELECT viewer_places() AS viewer_places)::text[])) OR (EXISTS ( SELECT FROM open_steps s WHERE (s.case_id = cases.case_id)))));

create table codec_canaries (
  key_id text not null,
  sealed bytea not null,
  added timestamp with time zone not null default now(),
  PRIMARY KEY (key_id)
);
grant insert, select on codec_canaries to segin_app;

create table document_pieces (
  document_id text not null,
  at_byte integer not null,
  sealed bytea not null,
  FOREIGN KEY (document_id) REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (document_id, at_byte)
);
grant delete, insert, select, update on document_pieces to segin_app;

create table documents (
  id text not null,
  case_id uuid not null,
  by_user text not null,
  media_type text not null,
  bytes integer not null,
  received integer not null default 0,
  sha256 text,
  kept_until timestamp with time zone not null,
  held_by text[],
  held_at timestamp with time zone,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (id)
);
CREATE INDEX documents_held_at ON public.documents USING btree (held_at);
grant delete, insert, select, update on documents to segin_app;

create table drafts (
  case_id uuid not null,
  item text not null,
  user_id text not null,
  sealed bytea not null,
  saved timestamp with time zone not null,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, item, user_id)
);
grant delete, insert, select, update on drafts to segin_app;

create table event_feed (
  position bigint not null,
  case_id uuid not null,
  seq integer not null,
  CHECK (("position" > 0)),
  FOREIGN KEY (case_id, seq) REFERENCES case_events(case_id, seq),
  PRIMARY KEY ("position"),
  UNIQUE (case_id, seq)
);
grant insert, select on event_feed to segin_app;

create table grants (
  id text not null,
  digest text not null,
  user_id text not null,
  role text not null,
  place text not null,
  until date,
  by_user text not null,
  by_holds jsonb not null,
  asked timestamp with time zone not null,
  expires timestamp with time zone,
  state text not null,
  answered_by text,
  answered_as text,
  answered timestamp with time zone,
  CHECK ((state = ANY (ARRAY['waiting'::text, 'granted'::text, 'refused'::text]))),
  FOREIGN KEY (answered_by) REFERENCES users(id),
  FOREIGN KEY (by_user) REFERENCES users(id),
  FOREIGN KEY (user_id) REFERENCES users(id),
  PRIMARY KEY (id)
);
CREATE INDEX grants_newest ON public.grants USING btree (asked DESC, id);
grant insert, select on grants to segin_app;

create table handover_cases (
  handover_id text not null,
  case_id uuid not null,
  from_user text not null,
  to_user text not null,
  state text not null default 'planned'::text,
  CHECK ((state = ANY (ARRAY['planned'::text, 'moved'::text, 'nothing'::text, 'refused'::text, 'returned'::text]))),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  FOREIGN KEY (from_user) REFERENCES users(id),
  FOREIGN KEY (handover_id) REFERENCES handovers(id),
  FOREIGN KEY (to_user) REFERENCES users(id),
  PRIMARY KEY (handover_id, case_id, from_user)
);
grant insert, select, update on handover_cases to segin_app;

create table handovers (
  id text not null,
  digest text not null,
  because text not null,
  people text[] not null,
  successors text[] not null,
  places text[] not null,
  by_user text not null,
  by_holds jsonb not null,
  starts date not null,
  until date,
  asked timestamp with time zone not null,
  moved timestamp with time zone,
  finished timestamp with time zone,
  CHECK ((because = ANY (ARRAY['leave'::text, 'illness'::text, 'departure'::text, 'office_closure'::text]))),
  FOREIGN KEY (by_user) REFERENCES users(id),
  PRIMARY KEY (id)
);
CREATE INDEX handovers_unfinished ON public.handovers USING btree (starts) WHERE (finished IS NULL);
grant insert, select, update on handovers to segin_app;

create table holdings (
  user_id text not null,
  role text not null,
  place text not null,
  organisation text not null default 'dgme'::text,
  until date,
  FOREIGN KEY (user_id) REFERENCES users(id),
  PRIMARY KEY (user_id, role, place)
);
CREATE INDEX holdings_by_role ON public.holdings USING btree (role, place);
grant delete, insert, select, update on holdings to segin_app;

create table installation (
  one_row boolean not null default true,
  id uuid not null,
  kind text not null,
  engine integer not null,
  created timestamp with time zone not null,
  CHECK ((kind = ANY (ARRAY['training'::text, 'service'::text]))),
  CHECK (one_row),
  PRIMARY KEY (one_row)
);
grant delete, insert, select, update on installation to segin_app;

create table open_steps (
  case_id uuid not null,
  item text not null,
  run text not null,
  procedure text not null,
  version integer not null,
  step text not null,
  round integer not null,
  kind text not null,
  stage text not null,
  state text not null,
  roles text[] not null,
  users text[] not null,
  partner text,
  told text[] not null,
  place text,
  owner text,
  visible_to text[],
  opened timestamp with time zone not null,
  clock text,
  clock_kind text,
  due timestamp with time zone,
  breached boolean not null,
  next_rung timestamp with time zone,
  next_rung_role text,
  fired integer not null,
  clock_unit text,
  CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'held'::text]))),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, item)
);
CREATE INDEX open_steps_by_owner ON public.open_steps USING btree (owner, due);
CREATE INDEX open_steps_by_place ON public.open_steps USING btree (place, due);
CREATE INDEX open_steps_by_user ON public.open_steps USING gin (users);
CREATE INDEX open_steps_late ON public.open_steps USING btree (due) WHERE breached;
grant delete, insert, select, update on open_steps to segin_app;
grant select on open_steps to segin_lists;
alter table open_steps enable row level security;
create policy application on open_steps for all to segin_app using (true);
create policy viewer on open_steps for select to segin_lists using ((((place = ANY (( SELECT viewer_places() AS viewer_places)::text[])) OR (owner = ( SELECT viewer_user() AS viewer_user)) OR (users @> ARRAY[( SELECT viewer_user() AS viewer_user)])) AND ((visible_to IS NULL) OR (((owner = ( SELECT viewer_user() AS viewer_user)) OR (( SELECT viewer_user() AS viewer_user) = ANY (users)) OR (EXISTS ( SELECT FROM unnest(open_steps.visible_to) r(r) WHERE (((r.r || '@'::text) || COALESCE(open_steps.place, ''::text)) = ANY (( SELECT viewer_pairs() AS viewer_pairs)::text[]))))) AND (NOT kept_from_viewer(case_id, run))))));

create table outbox (
  key text not null,
  case_id uuid not null,
  item text not null,
  notice text not null,
  rung text,
  role text not null,
  user_id text,
  place text,
  due timestamp with time zone not null,
  restricted boolean not null,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  next_try timestamp with time zone not null default now(),
  lease_until timestamp with time zone,
  lease_owner text,
  sent_to text,
  message_id text,
  sent timestamp with time zone,
  problem text,
  added timestamp with time zone not null default now(),
  CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'parked'::text, 'dropped'::text]))),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (key)
);
CREATE INDEX outbox_of_case ON public.outbox USING btree (case_id, due);
CREATE INDEX outbox_waiting ON public.outbox USING btree (next_try) WHERE (state = 'pending'::text);
grant insert, select, update on outbox to segin_app;

create table outbox_done (
  digest bytea not null,
  case_id uuid not null,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (digest)
);
CREATE INDEX outbox_done_of_case ON public.outbox_done USING btree (case_id);
grant select on outbox_done to segin_app;

create table overrides (
  case_id uuid not null,
  item text not null,
  run text not null,
  step text not null,
  place text,
  cause text not null,
  proposed timestamp with time zone not null,
  signed timestamp with time zone,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, item)
);
CREATE INDEX overrides_signed ON public.overrides USING btree (place, signed) WHERE (signed IS NOT NULL);
grant insert, select, update on overrides to segin_app;
grant select on overrides to segin_lists;
alter table overrides enable row level security;
create policy application on overrides for all to segin_app using (true);
create policy viewer on overrides for select to segin_lists using (((place = ANY (( SELECT viewer_places() AS viewer_places)::text[])) AND (EXISTS ( SELECT FROM runs r WHERE ((r.case_id = overrides.case_id) AND (r.run = overrides.run))))));

create table partner_links (
  hash text not null,
  case_id uuid not null,
  run text not null,
  partner text not null,
  by_user text not null,
  created timestamp with time zone not null default now(),
  ended timestamp with time zone,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  FOREIGN KEY (partner) REFERENCES partners(id),
  PRIMARY KEY (hash)
);
grant delete, insert, select, update on partner_links to segin_app;

create table partners (
  id text not null,
  name text not null,
  place text not null,
  phone text,
  email text,
  agreement_until date,
  PRIMARY KEY (id)
);
grant delete, insert, select, update on partners to segin_app;

create table people (
  case_id uuid not null,
  sealed bytea not null,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id)
);
grant delete, insert, select, update on people to segin_app;

create table person_marks (
  mark integer not null,
  case_id uuid not null,
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (mark, case_id)
);
CREATE INDEX person_marks_of_case ON public.person_marks USING btree (case_id);
grant delete, insert, select on person_marks to segin_app;
grant select on person_marks to segin_lists;
alter table person_marks enable row level security;
create policy application on person_marks for all to segin_app using (true);
create policy viewer on person_marks for select to segin_lists using ((EXISTS ( SELECT FROM cases c WHERE (c.case_id = person_marks.case_id))));

create table personal_answers (
  case_id uuid not null,
  action_id text not null,
  item text not null,
  field text not null,
  compartment text not null,
  sealed bytea not null,
  given timestamp with time zone default now(),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, action_id, item, field)
);
CREATE INDEX personal_answers_given ON public.personal_answers USING btree (given);
grant insert, select on personal_answers to segin_app;

create table procedures (
  id text not null,
  version integer not null,
  hash text not null,
  compiled jsonb not null,
  document jsonb not null,
  published timestamp with time zone not null,
  PRIMARY KEY (id, version),
  UNIQUE (hash)
);
grant insert, select on procedures to segin_app;

create table reads (
  id bigint not null,
  at timestamp with time zone not null default now(),
  user_id text not null,
  purpose text not null,
  run text,
  case_ids uuid[] not null,
  PRIMARY KEY (id)
);
CREATE INDEX reads_of_case ON public.reads USING gin (case_ids);
grant insert, select on reads to segin_app;

create table runs (
  case_id uuid not null,
  run text not null,
  procedure text not null,
  version integer not null,
  hash text not null,
  status text not null,
  begun timestamp with time zone not null,
  visible_to text[],
  hidden_from text,
  CHECK ((status = ANY (ARRAY['open'::text, 'completed'::text, 'stopped'::text]))),
  FOREIGN KEY (case_id) REFERENCES cases(case_id),
  PRIMARY KEY (case_id, run)
);
grant delete, insert, select, update on runs to segin_app;
grant select on runs to segin_lists;
alter table runs enable row level security;
create policy application on runs for all to segin_app using (true);
create policy viewer on runs for select to segin_lists using ( CASE WHEN (visible_to IS NULL) THEN (EXISTS ( SELECT FROM cases c WHERE (c.case_id = runs.case_id))) ELSE (EXISTS ( SELECT FROM open_steps s WHERE ((s.case_id = runs.case_id) AND (s.run = runs.run)))) END);

create table schema_migrations (
  name text not null,
  sha256 text not null,
  applied timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);
grant select on schema_migrations to segin_app;

create table services (
  partner_id text not null,
  family text not null,
  place text not null,
  rank integer not null,
  capacity integer,
  FOREIGN KEY (partner_id) REFERENCES partners(id),
  PRIMARY KEY (partner_id, family, place)
);
grant delete, insert, select, update on services to segin_app;

create table settings (
  version integer not null,
  content jsonb not null,
  declared timestamp with time zone not null,
  by_user text,
  reason text not null,
  PRIMARY KEY (version)
);
grant insert, select on settings to segin_app;

create table staffing_holes (
  role text not null,
  place text not null,
  since timestamp with time zone not null,
  PRIMARY KEY (role, place)
);
grant delete, insert, select, update on staffing_holes to segin_app;

create table tokens (
  id text not null,
  user_id text not null,
  hash text not null,
  device text,
  created timestamp with time zone not null default now(),
  expires timestamp with time zone not null,
  revoked timestamp with time zone,
  FOREIGN KEY (user_id) REFERENCES users(id),
  PRIMARY KEY (id),
  UNIQUE (hash)
);
grant delete, insert, select, update on tokens to segin_app;

create table tries (
  about text not null,
  spent_until timestamp with time zone not null,
  PRIMARY KEY (about)
);
CREATE INDEX tries_over ON public.tries USING btree (spent_until);
grant delete, insert, select, update on tries to segin_app;

create table users (
  id text not null,
  login text not null,
  name text not null,
  email text not null,
  language text not null default 'fr'::text,
  secret_hash text not null,
  active boolean not null default true,
  away_from date,
  away_to date,
  caseload integer not null default 60,
  CHECK ((caseload > 0)),
  CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text]))),
  PRIMARY KEY (id),
  UNIQUE (login)
);
grant delete, insert, select, update on users to segin_app;

CREATE OR REPLACE FUNCTION public.forget_mail()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  forgotten integer;
begin
  with gone as (
    delete from outbox o
    where coalesce(o.sent, o.next_try) < now() - interval '7 days'
      and (o.state in ('sent', 'dropped')
        or (o.state = 'parked' and o.notice <> 'erase'
          and not exists (select from open_steps s where s.case_id = o.case_id and s.item = o.item)))
    returning o.key, o.case_id),
  kept as (
    insert into outbox_done (digest, case_id)
    select sha256(convert_to(g.key, 'UTF8')), g.case_id from gone g join cases c on c.case_id = g.case_id and c.status = 'open'
    on conflict do nothing)
  select count(*) into forgotten from gone;
  delete from outbox_done d using cases c where c.case_id = d.case_id and c.status = 'closed';
  return forgotten;
end $function$;

CREATE OR REPLACE FUNCTION public.forget_unrecorded(in_case uuid, acts text[], asked_at integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with disowned as (
    select act from unnest(acts) act
    where exists (select from cases c where c.case_id = in_case and c.head_seq >= asked_at)
      and not exists (select from case_actions r where r.action_id = act)
      and not exists (select from case_events e where e.case_id = in_case and e.action_id = act)),
  gone as (
    delete from personal_answers p using disowned
    where p.case_id = in_case and p.action_id = act and p.given < now() - interval '1 hour'
    returning 1),
  let_go as (
    update documents d set held_by = nullif(array(select unnest(held_by) except select act from disowned), '{}')
    where d.case_id = in_case and d.held_at < now() - interval '1 hour' and d.held_by && array(select act from disowned)
    returning 1)
  select ((select count(*) from gone) + (select count(*) from let_go))::integer
$function$;

CREATE OR REPLACE FUNCTION public.kept_from_viewer(in_case uuid, in_run text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
RETURN (EXISTS (SELECT FROM runs WHERE ((runs.case_id = kept_from_viewer.in_case) AND (runs.run = kept_from_viewer.in_run) AND (runs.hidden_from = current_setting('segin.viewer'::text, true)))));

CREATE OR REPLACE FUNCTION public.once_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from outbox_done where digest = sha256(convert_to(new.key, 'UTF8'))) then
    return null;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.viewer_pairs()
 RETURNS text[]
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('segin.pairs'::text, true), ''::text))::text[];

CREATE OR REPLACE FUNCTION public.viewer_places()
 RETURNS text[]
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('segin.places'::text, true), ''::text))::text[];

CREATE OR REPLACE FUNCTION public.viewer_user()
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN NULLIF(current_setting('segin.viewer'::text, true), ''::text);
