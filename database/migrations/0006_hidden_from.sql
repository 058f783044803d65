-- Who must never be told of a run, whatever they hold: the person whom a complaint is about.
alter table runs add column hidden_from text;
