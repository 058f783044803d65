import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'
import type { KeyRing } from '../database/keys.ts'
import { SealingCodec } from '../worker/codec.ts'
import { failureConverterPath } from '../worker/failure-converter-path.ts'

const RESOURCE_EXHAUSTED = 8

/**
 * A client with the codec of the worker. An eleventh update in flight for one case is told at once, so that the person can
 * be told too; other passing failures are tried again.
 */
export async function temporalClient(address: string, namespace: string, codecRing: KeyRing): Promise<Client> {
  const usual = defaultGrpcRetryOptions()
  const retry = makeGrpcRetryInterceptor({
    ...usual,
    retryableDecider: (attempt, status) =>
      status.code !== RESOURCE_EXHAUSTED && usual.retryableDecider(attempt, status),
  })
  const connection = await Connection.connect({ address, interceptors: [retry] })
  const dataConverter = { payloadCodecs: [new SealingCodec(codecRing)], failureConverterPath }
  return new Client({ connection, namespace, dataConverter })
}
