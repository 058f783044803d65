/** The schema as text, from the catalog of a migrated database: what `schema.sql` is held against. */

import type { Sql } from './connect.ts'

interface OfTable {
  table: string
}
interface Column extends OfTable {
  column: string
  type: string
  required: boolean
  preset: string | null
}
/** A constraint or an index. */
interface Rule extends OfTable {
  rule: string
}
interface Grant extends OfTable {
  grantee: string
  rights: string
}
interface Policy extends OfTable {
  name: string
  command: string
  roles: string
  condition: string
}

export async function describeSchema(sql: Sql): Promise<string> {
  const [tables, constraints, indexes, grants, policies, functions] = await Promise.all([
    sql<Column[]>`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
        pg_get_expr(d.adbin, d.adrelid) as preset
      from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind = 'r' order by c.relname, a.attnum`,
    sql<Rule[]>`select conrelid::regclass::text as table, pg_get_constraintdef(oid) as rule from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, 2`,
    sql<Rule[]>`select tablename as table, indexdef as rule from pg_indexes
      where schemaname = 'public' and indexname not in (select conname from pg_constraint) order by 1, 2`,
    sql<Grant[]>`
      select table_name as table, grantee, string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
      from information_schema.role_table_grants where grantee in ('segin_app', 'segin_lists') and table_schema = 'public'
      group by 1, 2 order by 1, 2`,
    sql<Policy[]>`
      select tablename as table, policyname as name, lower(cmd) as command, array_to_string(roles, ', ') as roles,
        regexp_replace(qual, '[[:space:]]+', ' ', 'g') as condition
      from pg_policies where schemaname = 'public' order by 1, 2`,
    sql<{ text: string }[]>`
      select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'public'::regnamespace order by proname`,
  ])
  const names = [...new Set(tables.map(({ table }) => table))]
  const of = <Row extends OfTable>(rows: readonly Row[], name: string) => rows.filter(({ table }) => table === name)
  const blocks = names.map((name) => {
    const columns = of(tables, name).map(({ column, type, required, preset }) => {
      const given = preset === null ? '' : ` default ${preset}`
      return `  ${column} ${type}${required ? ' not null' : ''}${given}`
    })
    const rules = of(constraints, name).map(({ rule }) => `  ${rule}`)
    const more = of(indexes, name).map(({ rule }) => `${rule};`)
    const rights = of(grants, name).map((grant) => `grant ${grant.rights} on ${name} to ${grant.grantee};`)
    const held = of(policies, name).map(
      (one) => `create policy ${one.name} on ${name} for ${one.command} to ${one.roles} using (${one.condition});`,
    )
    const secured = held.length > 0 ? [`alter table ${name} enable row level security;`, ...held] : []
    return [`create table ${name} (`, [...columns, ...rules].join(',\n'), ');', ...more, ...rights, ...secured].join(
      '\n',
    )
  })
  for (const { text } of functions) blocks.push(`${text.trim()};`)
  return `-- Written from the catalog of a migrated database; a test holds it. Change it by a migration.\n\n${blocks.join('\n\n')}\n`
}
