-- The unit in which lateness is told: a clock given by `back_to` or by a pinned older version has one of its own. Rows
-- written before say nothing; the next batch of their step fills it in, or `segin rebuild`.
alter table open_steps add column clock_unit text;
