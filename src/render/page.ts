import type { Party, StepNumber } from '../events.ts'
import { escapeHtml } from './html.ts'
import { pageStyle } from './page-style.ts'

export interface PageOptions {
  /** Plain text; also the page's heading. */
  title: string
  /** Which of the seven steps the page belongs to. */
  step: StepNumber
  /** Who speaks: telling the two apart is half of the lesson. */
  speaker: Extract<Party, 'client' | 'authorization server'>
  /** HTML, with everything interpolated already escaped. */
  body: string
  /** The nonce of the style element, equal to the one in `pageHeaders`. */
  nonce: string
}

/** The document around every page of the family: one look, a drawing of the seven steps, and who speaks. */
export function page({ title, step, speaker, body, nonce }: PageOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style nonce="${escapeHtml(nonce)}">${pageStyle}</style>
</head>
<body>
<header>
<p class="who"><strong>Step ${step} of 7</strong> · the ${speaker} speaks</p>
${track(step)}
</header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${legend}
</body>
</html>
`
}

/**
 * The headers that belong to `page`: nothing is loaded, nothing runs, nothing is kept.
 * @param formAction CSP sources that a form, and the redirects after it, may lead to
 */
export function pageHeaders(nonce: string, formAction = "'none'"): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    'img-src data:',
    `form-action ${formAction}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

/** Seven steps on a line: a wave where the browser carries the message, straight where client and server talk alone. */
function track(current: StepNumber): string {
  const steps = [1, 2, 3, 4, 5, 6, 7].map((step) => {
    const mark = step === current ? ' aria-current="step"' : step < current ? ' class="done"' : ''
    return `<li${mark}>${step}</li>`
  })
  return `<div class="track" aria-hidden="true">
<svg width="100%" height="12">
<defs><pattern id="wave" width="12" height="12" patternUnits="userSpaceOnUse">
<path d="M-1 6.5 Q3 1 6 6 T13 6.5" fill="none" stroke="currentColor" stroke-width="1.5"/></pattern></defs>
<rect width="50%" height="12" fill="url(#wave)"/>${line('50%')}
</svg>
<ol>${steps.join('')}</ol>
</div>`
}

const legend = `<footer>
<span><svg width="36" height="12" aria-hidden="true"><rect width="36" height="12" fill="url(#wave)"/></svg>through
the browser</span>
<span><svg width="36" height="12" aria-hidden="true">${line('0')}</svg>client and server alone</span>
</footer>`

function line(from: string): string {
  return `<line x1="${from}" x2="100%" y1="6" y2="6" stroke="currentColor" stroke-width="1.5"/>`
}
