// Counts of events as bars with links.
import { Link } from 'react-router'
import { useFormat } from '../../ui/useFormat.ts'
import classes from './summary.module.css'

export interface BreakdownRow {
  name: string
  count: number
  /** The path of the list of these events. */
  to: string
}

export function Breakdown({ rows, label }: { rows: readonly BreakdownRow[]; label: string }) {
  const format = useFormat()
  const max = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <table className={classes.breakdown} aria-label={label}>
      <tbody>
        {rows.map(({ name, count, to }) => (
          <tr key={name} data-empty={count === 0 || undefined}>
            <th scope="row">
              <Link to={to}>{name}</Link>
            </th>
            <td aria-hidden className={classes.barCell}>
              <div className={classes.bar} style={{ width: `${(100 * count) / max}%` }} />
            </td>
            <td className={classes.count}>{format.number(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
