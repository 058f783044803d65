-- Personal answers are kept before their act is sent, so an act that its case refused or never got leaves some behind. When
-- they were last given is kept: an act that is being sent again, or may still arrive, is not asked about.

alter table personal_answers add column given timestamptz default now();
create index personal_answers_given on personal_answers (given);
grant update (given) on personal_answers to segin_app;

-- The application removes none but through this: whatever the ledger knows stays, and nothing goes while the ledger is behind
-- the case that was asked. Answers how many went.
create function forget_unrecorded(in_case uuid, acts text[], asked_at integer) returns integer language sql
  security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from personal_answers p
    where p.case_id = in_case and p.action_id = any(acts) and p.given < now() - interval '1 hour'
      and exists (select from cases c where c.case_id = in_case and c.head_seq >= asked_at)
      and not exists (select from case_actions r where r.action_id = p.action_id)
      and not exists (select from case_events e where e.case_id = in_case and e.action_id = p.action_id)
    returning 1)
  select count(*)::integer from gone
$$;
revoke execute on function forget_unrecorded from public;
grant execute on function forget_unrecorded to segin_app;
