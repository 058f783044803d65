/** The text format that Prometheus reads (0.0.4). */

export interface Sample {
  labels?: Record<string, string>
  value: number
  /** What follows the name, for the parts of a histogram. */
  part?: string
}
export interface Metric {
  name: string
  help: string
  type: 'gauge' | 'counter' | 'histogram'
  samples: Sample[]
}
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export const asText = (metrics: Metric[]): string => `${metrics.flatMap(lines).join('\n')}\n`

function lines({ name, help, type, samples }: Metric): string[] {
  if (samples.length === 0) return []
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels = {}, value, part = '' }) => `${name}${part}${labelled(labels)} ${value}`),
  ]
}
function labelled(labels: Record<string, string>): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, '_')}"`)
  return all.length === 0 ? '' : `{${all.join(',')}}`
}
