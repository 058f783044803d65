/** A telephone: one connection that is kept, answers taken as gzip, and every byte and second of them counted. */

import { Agent, type IncomingMessage, request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Body } from '../../client/person.ts'

export interface Asked {
  body?: Body | Buffer
  headers?: Record<string, string>
}
export interface Heard {
  status: number
  headers: IncomingMessage['headers']
  body: Body
  /** Of the content, as it is and as it came. */
  raw: number
  sent: number
  seconds: number
}

export class Caller {
  token = ''
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 })
  private readonly port: number
  /** How often the connection had to be made. */
  connections = 0

  constructor(port: number) {
    this.port = port
  }

  /** Rejects when the line is cut before the answer has come whole. */
  async ask(method: string, path: string, { body, headers = {} }: Asked = {}): Promise<Heard> {
    const began = performance.now()
    const content = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = request({ port: this.port, host: '127.0.0.1', method, path, agent: this.agent }, resolve)
      asking.once('error', reject)
      asking.once('socket', (socket) => socket.connecting && (this.connections += 1))
      asking.setHeader('Accept-Encoding', 'gzip')
      if (this.token !== '') asking.setHeader('Authorization', `Bearer ${this.token}`)
      if (content !== undefined && content !== body) asking.setHeader('Content-Type', 'application/json')
      for (const [name, value] of Object.entries(headers)) asking.setHeader(name, value)
      asking.end(content)
    })
    const pieces: Buffer[] = []
    for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece)
    const sent = Buffer.concat(pieces)
    const plain = response.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body:
        /json/.test(response.headers['content-type'] ?? '') && plain.length > 0
          ? (JSON.parse(plain.toString()) as Body)
          : {},
      raw: plain.length,
      sent: sent.length,
      seconds: (performance.now() - began) / 1000,
    }
  }

  hangUp(): void {
    this.agent.destroy()
  }
}
