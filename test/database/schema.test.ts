import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { connect, type Sql } from '../../database/connect.ts'
import { describeSchema } from '../../database/describe-schema.ts'
import { migrate, MigrationChanged } from '../../database/migrate.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

let db: TestDatabase
let owner: Sql
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  owner = connect(db.url, { as: 'owner', max: 1 })
})
afterAll(async () => {
  await owner.end()
  await db.drop()
})

it('is what schema.sql says: run `npx vitest run test/database/schema.test.ts -u` after a migration', async () => {
  await expect(await describeSchema(owner)).toMatchFileSnapshot('../../database/schema.sql')
})
it('is migrated once: a second time applies nothing', async () => {
  expect(await migrate(owner)).toEqual([])
})
it('refuses a migration that was changed after it was applied', async () => {
  await owner`update schema_migrations set sha256 = 'other' where name like '0001%'`
  await expect(migrate(owner)).rejects.toBeInstanceOf(MigrationChanged)
})
it('gives the application no way to rewrite what must not change', async () => {
  for (const table of ['case_events', 'case_actions', 'procedures', 'settings', 'reads']) {
    await expect(
      db.sql.unsafe(
        `update ${table} set ${table === 'settings' ? 'reason' : table === 'procedures' ? 'hash' : table === 'reads' ? 'purpose' : 'action_id'} = 'x'`,
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(db.sql.unsafe(`delete from ${table}`)).rejects.toThrow(/permission denied/)
  }
})
