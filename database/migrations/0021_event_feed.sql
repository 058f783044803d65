-- The feed of events: a position for each event that may be told outside, given after commit by one writer at a time, so
-- that no reader ever sees a later one before an earlier one. Events of restricted runs get none.

create table event_feed (
  position bigint primary key check (position > 0),
  case_id uuid not null,
  seq integer not null,
  unique (case_id, seq),
  foreign key (case_id, seq) references case_events (case_id, seq)
);
grant select, insert on event_feed to segin_app;

-- How far each case has been given positions.
alter table cases add column placed_seq integer not null default 0;
create index cases_to_place on cases (case_id) where placed_seq < head_seq;
