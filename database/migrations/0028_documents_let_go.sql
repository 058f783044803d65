-- A document names the acts that hold it, so that one whose act was never taken is let go and swept like any that was not
-- used. Of those held before nobody knows by whom: no case is asked about them, and they stay.

alter table documents add column held_by text[], add column held_at timestamptz;
update documents set held_by = '{unknown}' where kept_until = 'infinity';
create index documents_held_at on documents (held_at);

-- Answers and documents alike; answers how many went or were let go.
create or replace function forget_unrecorded(in_case uuid, acts text[], asked_at integer) returns integer language sql
  security definer set search_path = public, pg_temp as $$
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
$$;
