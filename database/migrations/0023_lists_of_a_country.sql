-- A list is found by index before anything else is asked of its rows. Every role held is held at one of the viewer's
-- places, so the place of a step says as much as its roles did.
create index open_steps_by_user on open_steps using gin (users);
create index cases_of_manager on cases (case_manager) where status = 'open';
create index cases_newest on cases (opened desc, case_id desc) where subject = 'case';

drop policy viewer on open_steps;
create policy viewer on open_steps for select to segin_lists using (
  (place = any((select viewer_places())::text[])
    or owner = (select viewer_user()) or users @> array[(select viewer_user())])
  and (visible_to is null
    or ((owner = (select viewer_user()) or (select viewer_user()) = any(users)
        or exists (select from unnest(visible_to) r
          where r || '@' || coalesce(place, '') = any((select viewer_pairs())::text[])))
      and not kept_from_viewer(case_id, run)))
);
