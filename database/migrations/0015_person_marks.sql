-- Truncated keyed digests of several fields of a person together: a person who comes again is found without opening
-- anybody's record, and a mark read in the table belongs to more people than one.
create table person_marks (
  mark integer not null,
  case_id uuid not null references cases,
  primary key (mark, case_id)
);
create index person_marks_of_case on person_marks (case_id);
grant select, insert, delete on person_marks to segin_app;
