import { Page } from './page.tsx'

export interface ShownOperation {
  method: string
  path: string
  id: string
  summary: string
  fields: { name: string; where: string; required: boolean }[]
}

/** The whole interface on one page that loads nothing from anywhere else. */
export const ApiPage = ({
  version,
  groups,
}: {
  version: string
  groups: { tag: string; operations: ShownOperation[] }[]
}) => (
  <Page title="Segin — API" language="en">
    <h1>Segin API {version}</h1>
    <p>
      <a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href="/api/v1/openapi-3.0.json">OpenAPI 3.0.3</a> ·{' '}
      <a href="/problems">problems</a>
    </p>
    {groups.map(({ tag, operations }) => (
      <section>
        <h2>{tag}</h2>
        {operations.map((one) => (
          <details>
            <summary>
              <code>
                {one.method} {one.path}
              </code>
            </summary>
            <p>
              {one.summary} (<code>{one.id}</code>)
            </p>
            <ul>
              {one.fields.map((field) => (
                <li>
                  <code>{field.name}</code> ({field.where}
                  {field.required ? ', required' : ''})
                </li>
              ))}
            </ul>
          </details>
        ))}
      </section>
    ))}
  </Page>
)
