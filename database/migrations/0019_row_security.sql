-- What lists are asked as: a role that changes nothing, sees five tables only, and of them the rows of one viewer. The
-- transaction says who that is (`segin.viewer`, `segin.pairs`, `segin.places`); unsaid, there is no row.

do $$
begin
  if not exists (select from pg_roles where rolname = 'segin_lists') then
    create role segin_lists nologin;
  end if;
end $$;
grant segin_lists to segin_app;
grant usage on schema public to segin_lists;
grant select on cases, open_steps, runs, overrides, person_marks to segin_lists;

create function viewer_user() returns text language sql stable
  return nullif(current_setting('segin.viewer', true), '');
-- `role@place` for each role held, at its place and everything under it.
create function viewer_pairs() returns text[] language sql stable
  return nullif(current_setting('segin.pairs', true), '')::text[];
create function viewer_places() returns text[] language sql stable
  return nullif(current_setting('segin.places', true), '')::text[];
-- Whether a run is kept from whom it is about, whatever they hold. As the owner: `runs` itself is under a policy.
create function kept_from_viewer(in_case uuid, in_run text) returns boolean language sql stable security definer
  set search_path = public
  return exists (select from runs where case_id = in_case and run = in_run
    and hidden_from = current_setting('segin.viewer', true));

-- Recorder, relay and acts work for everybody, on cases that they were already given.
alter table cases enable row level security;
alter table open_steps enable row level security;
alter table runs enable row level security;
alter table overrides enable row level security;
alter table person_marks enable row level security;
create policy application on cases to segin_app using (true);
create policy application on open_steps to segin_app using (true);
create policy application on runs to segin_app using (true);
create policy application on overrides to segin_app using (true);
create policy application on person_marks to segin_app using (true);

create policy viewer on open_steps for select to segin_lists using (
  (place = any((select viewer_places())::text[])
    or owner = (select viewer_user()) or (select viewer_user()) = any(users)
    or exists (select from unnest(roles || told) r
      where r || '@' || coalesce(place, '') = any((select viewer_pairs())::text[])))
  and (visible_to is null
    or ((owner = (select viewer_user()) or (select viewer_user()) = any(users)
        or exists (select from unnest(visible_to) r
          where r || '@' || coalesce(place, '') = any((select viewer_pairs())::text[])))
      and not kept_from_viewer(case_id, run)))
);
create policy viewer on cases for select to segin_lists using (
  case_manager = (select viewer_user())
  or home = any((select viewer_places())::text[]) or centre = any((select viewer_places())::text[])
  or exists (select from open_steps s where s.case_id = cases.case_id)
);
create policy viewer on runs for select to segin_lists using (
  case when visible_to is null then exists (select from cases c where c.case_id = runs.case_id)
    else exists (select from open_steps s where s.case_id = runs.case_id and s.run = runs.run) end
);
create policy viewer on overrides for select to segin_lists using (
  place = any((select viewer_places())::text[])
  and exists (select from runs r where r.case_id = overrides.case_id and r.run = overrides.run)
);
create policy viewer on person_marks for select to segin_lists using (
  exists (select from cases c where c.case_id = person_marks.case_id)
);
