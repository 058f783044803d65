import type { Sql } from '../connect.ts'

export interface Partner {
  id: string
  name: string
  place: string
  phone: string | null
  email: string | null
  agreementUntil: string | null
}
export interface Service {
  family: string
  place: string
  rank: number
  capacity: number | null
}

export async function addPartner(sql: Sql, partner: Partner, services: Service[]): Promise<void> {
  const { id, name, place, phone, email, agreementUntil } = partner
  await sql`insert into partners (id, name, place, phone, email, agreement_until)
    values (${id}, ${name}, ${place}, ${phone}, ${email}, ${agreementUntil}) on conflict do nothing`
  for (const { family, place: at, rank, capacity } of services) {
    await sql`insert into services (partner_id, family, place, rank, capacity)
      values (${id}, ${family}, ${at}, ${rank}, ${capacity}) on conflict do nothing`
  }
}

export async function partnerById(sql: Sql, id: string): Promise<Partner | undefined> {
  const [row] = await sql<Partner[]>`select id, name, place, phone, email, agreement_until::text
    from partners where id = ${id}`
  return row
}

/** Partners with a live agreement that serve one of these places, best rank first; of one need family when given. */
export async function partnersFor(
  sql: Sql,
  places: string[],
  family: string | null,
  today: string,
): Promise<Partner[]> {
  return sql<Partner[]>`select p.id, p.name, p.place, p.phone, p.email, p.agreement_until::text
    from partners p join services s on s.partner_id = p.id
    where s.place = any(${places}) and (${family}::text is null or s.family = ${family})
      and (p.agreement_until is null or p.agreement_until >= ${today})
    group by p.id order by min(s.rank), p.id`
}
