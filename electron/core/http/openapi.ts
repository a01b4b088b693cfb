// The OpenAPI 3.1 document, from the same table as the routes.
import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { createJsonSchemaTransform, serializerCompiler } from 'fastify-type-provider-zod'
import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { COMMON_ERRORS, type Operation } from '../../../shared/contract/operation.ts'
import { problem } from '../../../shared/schemas/problem.ts'
import type { Access } from './paths.ts'
import { PROBLEM_TYPE } from './problems.ts'

/** Stands before the routes, because it learns of each as it is added. */
export async function describeApi(app: FastifyInstance, version: string) {
  app.setSerializerCompiler(serializerCompiler)
  // Requests are checked by our own hand, which names every field at once; here the schemas only describe.
  app.setValidatorCompiler(() => (value) => ({ value }))
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tocsin', version, description: "An alarm bell for an on-call engineer's own workstation" },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    convertConstToEnum: false,
    // What a host adds is no part of the API.
    hideUntagged: true,
    transform: createJsonSchemaTransform({ zodToJsonConfig: { override } }),
  })
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>

const override: Override = ({ zodSchema, jsonSchema }) => {
  // zod leaves a default out where the text of a query is turned into a number before.
  if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue
  // What the document's maker takes for "no content".
  if (zodSchema instanceof z.ZodUndefined) jsonSchema.type = 'null'
}

export interface Description {
  operationId: string
  tag: string
  summary: string
  access: Access
  status: number
  /** Left out: no content. */
  answer?: z.ZodType | undefined
  answerType?: string
  errors: readonly number[]
  params?: z.ZodType | undefined
  querystring?: z.ZodType | undefined
  headers?: z.ZodType | undefined
  body?: z.ZodType | undefined
}

export const describeOperation = (name: string, declared: Operation, ingestNeedsToken: boolean) =>
  describeRoute({
    operationId: name,
    tag: 'anomaly',
    summary: declared.summary,
    access: declared.open && ingestNeedsToken ? 'token' : declared.open ? 'open' : 'token',
    status: declared.status,
    answer: declared.answer,
    errors: [...COMMON_ERRORS, ...(declared.errors ?? [])],
    params: declared.params,
    querystring: declared.query,
    headers: declared.headers,
    body: declared.body,
  })

const SECURITY = { token: [{ bearer: [] }], open: [{}, { bearer: [] }], public: [] }

export function describeRoute({
  tag,
  access,
  status,
  answer,
  answerType,
  errors,
  ...rest
}: Description): FastifySchema {
  const success = answer
    ? { description: 'Success', content: { [answerType ?? 'application/json']: { schema: answer } } }
    : z.undefined().describe('Success, nothing to say')
  const failures = errors.map((error) => [error, failure(STATUS_CODES[error] ?? 'Error')])
  return {
    ...given(rest),
    tags: [tag],
    security: SECURITY[access],
    response: { [status]: success, ...Object.fromEntries(failures), default: failure('Any other failure') },
  }
}

const failure = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problem } } })

const given = (parts: object) => Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
