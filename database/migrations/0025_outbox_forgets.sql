-- Mail that left is forgotten after seven days of real time. Of its row a digest of the key stays while its case is open, so
-- that nothing which writes the row again (a hole in the staff that is still open, a batch that is recorded again) sends it twice.
create table outbox_done (
  digest bytea primary key,
  case_id uuid not null references cases
);
create index outbox_done_of_case on outbox_done (case_id);
grant select on outbox_done to segin_app;

create function once_only() returns trigger language plpgsql as $$
begin
  if exists (select from outbox_done where digest = sha256(convert_to(new.key, 'UTF8'))) then
    return null;
  end if;
  return new;
end $$;
create trigger once_only before insert on outbox for each row execute function once_only();

-- The application deletes nothing from the outbox but through this. Mail that was set aside waits for a person, as long as
-- what it asks for is still to be done.
create function forget_mail() returns integer language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
revoke execute on function forget_mail() from public;
grant execute on function forget_mail() to segin_app;
