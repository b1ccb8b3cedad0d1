import { curl } from './curl.ts'
import { har } from './har.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { mermaid } from './mermaid.ts'
import type { Report } from './report.ts'
import { svg } from './svg.ts'
import { text } from './text.ts'

/** Every report there is. Most useful first. */
export const reports: readonly Report[] = [html, svg, mermaid, markdown, har, curl, json, text]
