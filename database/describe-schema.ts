/** The schema as text, from the catalog of a migrated database: what `schema.sql` is held against. */

import type { Sql } from './connect.ts'

export async function describeSchema(sql: Sql): Promise<string> {
  const [tables, constraints, indexes, grants] = await Promise.all([
    sql`select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
        pg_get_expr(d.adbin, d.adrelid) as preset
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind = 'r' order by c.relname, a.attnum`,
    sql`select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`,
    sql`select tablename as table, indexdef as rule from pg_indexes
      where schemaname = 'public' and indexname not in (select conname from pg_constraint) order by 1, 2`,
    sql`select table_name as table, string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
      from information_schema.role_table_grants where grantee = 'segin_app' and table_schema = 'public' group by 1 order by 1`,
  ])
  const names = [...new Set(tables.map((row) => String(row['table'])))]
  const of = (rows: readonly Record<string, unknown>[], name: string) => rows.filter((row) => row['table'] === name)
  const blocks = names.map((name) => {
    const columns = of(tables, name).map((row) => {
      const required = row['required'] ? ' not null' : ''
      const preset = row['preset'] === null ? '' : ` default ${String(row['preset'])}`
      return `  ${String(row['column'])} ${String(row['type'])}${required}${preset}`
    })
    const rules = of(constraints, name).map((row) => `  ${String(row['rule'])}`)
    const more = of(indexes, name).map((row) => `${String(row['rule'])};`)
    const rights = of(grants, name).map((row) => `grant ${String(row['rights'])} on ${name} to segin_app;`)
    return [`create table ${name} (`, [...columns, ...rules].join(',\n'), ');', ...more, ...rights].join('\n')
  })
  return `-- Written from the catalog of a migrated database; a test holds it. Change it by a migration.\n\n${blocks.join('\n\n')}\n`
}
