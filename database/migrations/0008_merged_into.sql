-- A duplicate that was closed names the older case, by its number.
alter table cases add column merged_into text;
create index cases_merged_into on cases (merged_into) where merged_into is not null;
