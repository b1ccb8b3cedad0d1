import { reports } from '../render/reports/index.ts'
import type { Report } from '../render/reports/report.ts'
import { wrongValue } from './usage.ts'

/** @throws UsageError naming those that there are */
export function reportIn(format: string, flag: string): Report {
  const found = reports.find((report) => report.format === format)
  if (found) return found
  throw wrongValue(flag, `one of ${reports.map((report) => report.format).join(', ')}`, reports[0]?.format ?? '')
}
