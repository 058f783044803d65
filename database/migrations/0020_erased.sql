-- When the keys of a case were destroyed, so that everybody who knew it is told, and nobody opens it again.
alter table cases add column erased timestamptz;
