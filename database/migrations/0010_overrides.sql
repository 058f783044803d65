-- Endings out of turn, to be counted: they show where a procedure is wrong. Those of restricted runs never come here, and
-- the reason itself stays sealed in the ledger.
create table overrides (
  case_id uuid not null references cases,
  item text not null,
  run text not null,
  step text not null,
  place text,
  cause text not null,
  proposed timestamptz not null,
  signed timestamptz,
  primary key (case_id, item)
);
create index overrides_signed on overrides (place, signed) where signed is not null;
grant select, insert, update on overrides to segin_app;
