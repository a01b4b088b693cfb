// What a handler is: one per operation of the contract, nothing of HTTP in it.
import type { AnswerOf, RequestOf } from '../../../../shared/contract/operation.ts'
import type { OperationName, Operations } from '../../../../shared/contract/operations.ts'

type Handler<K extends OperationName> = (
  request: RequestOf<Operations[K]>,
) => AnswerOf<Operations[K]> | Promise<AnswerOf<Operations[K]>>

export type Handlers = { [K in OperationName]: Handler<K> }
