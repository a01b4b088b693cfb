type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** The fields of a patch that are not undefined. */
export const definedFields = <T extends object>(patch: T) =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>
