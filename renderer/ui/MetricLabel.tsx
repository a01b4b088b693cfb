// A metric type with its labels shown separately.
import classes from './MetricLabel.module.css'
import { parseMetricName } from './metricName.ts'

export function MetricLabel({ metricType }: { metricType: string }) {
  const { name, labels } = parseMetricName(metricType)
  return (
    <span className={classes.metric} title={metricType}>
      <span>{name}</span>
      {labels.map(({ key, value }) => (
        <span key={key} className={classes.label}>
          <span className={classes.key}>{key}</span> {value}
        </span>
      ))}
    </span>
  )
}
