// The keys of what is cached and changed, so that whoever changes a thing finds it by one name.
export const queryKeys = {
  backups: ['backups'],
  /** Every event that was read alone. */
  singleEvents: ['event'],
  event: (id: number) => ['event', id],
  events: ['events'],
  health: ['health'],
  /** Every incident and every list of them. */
  incidents: ['incidents'],
  incident: (id: number) => ['incidents', id],
  rules: ['rules'],
  ruleChanges: (ruleId: number) => ['rule changes', ruleId],
  series: ['series'],
  settings: ['settings'],
  silencing: ['silencing'],
  summary: ['summary'],
  token: ['token'],
}
