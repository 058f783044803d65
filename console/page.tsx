/** The frame of every page: plain HTML that works without scripts, on a small screen, over a bad line. */

import type { Child } from 'hono/jsx'

const STYLE = `
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
body { max-width: 42rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.4rem; line-height: 1.25 }
label, legend { display: block; margin: 1rem 0 .25rem; font-weight: 600 }
input, select, textarea { font: inherit; width: 100%; padding: .5rem; box-sizing: border-box }
fieldset { border: 0; padding: 0; margin: 0 } fieldset input { width: auto }
fieldset label { font-weight: 400; margin: .25rem 0 }
button { font: inherit; padding: .7rem 1.2rem; margin-top: 1.2rem }
.whole { white-space: nowrap }
.call { border-top: 1px solid; margin-top: 2rem; padding-top: .5rem }
code, pre { font-size: .85rem; overflow-wrap: anywhere }
pre { white-space: pre-wrap; border-left: .2rem solid #8886; padding-left: .6rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .5rem; vertical-align: top }
.training { background: #b3540022; padding: .3rem .6rem; border-radius: .3rem }
`

export const Page = ({ title, language, children }: { title: string; language: string; children: Child }) => (
  <html lang={language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE }} />
    </head>
    <body>{children}</body>
  </html>
)

/** `text/html`, never kept, never leading anybody elsewhere. */
export const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
}
