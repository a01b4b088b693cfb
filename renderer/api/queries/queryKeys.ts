// The keys of what is cached and changed, so that whoever changes a thing finds it by one name.
export const queryKeys = {
  backups: ['backups'],
  /** Every event that was read alone. */
  singleEvents: ['event'],
  event: (id: number) => ['event', id],
  events: ['events'],
  health: ['health'],
  rules: ['rules'],
  ruleChanges: (ruleId: number) => ['rule changes', ruleId],
  series: ['series'],
  settings: ['settings'],
  silencing: ['silencing'],
  summary: ['summary'],
  token: ['token'],
}
