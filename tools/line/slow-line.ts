/** A line of the second generation before a server: what goes through waits for its turn and for the way, and can be cut. */

import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** One way: a question and its answer take twice as long, and the line's time for their bytes. */
export const LATENCY_MS = 300
export const KBIT_A_SECOND = 50
const BYTES_A_MS = KBIT_A_SECOND / 8
const PACKET_BYTES = 1_400

export interface SlowLine {
  port: number
  /** Cuts every connection when so many more bytes have gone up. */
  cutAfter(bytes: number): void
  end(): Promise<void>
}

export async function slowLine(to: number): Promise<SlowLine> {
  const open = new Set<Socket>()
  let upUntilCut = Infinity
  const cut = (): void => {
    upUntilCut = Infinity
    for (const socket of open) socket.destroy()
  }
  const counted = (bytes: number): void => {
    upUntilCut -= bytes
    if (upUntilCut <= 0) cut()
  }
  const [up, down] = [direction(counted), direction(() => {})]
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    void up(near, far)
    void down(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cutAfter: (bytes) => void (upUntilCut = bytes),
    async end() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

/** All connections share one line, as those of a telephone do. Reading only as fast as it sends keeps the queue short. */
function direction(sent: (bytes: number) => void): (from: Socket, to: Socket) => Promise<void> {
  let free = 0
  const arrive = (to: Socket, what: () => void): void => void setTimeout(() => to.destroyed || what(), LATENCY_MS)
  return async (from, to) => {
    try {
      for await (const bytes of from as AsyncIterable<Buffer>) {
        for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
          const packet = bytes.subarray(at, at + PACKET_BYTES)
          free = Math.max(performance.now(), free) + packet.length / BYTES_A_MS
          await pause(free - performance.now())
          arrive(to, () => to.write(packet))
          sent(packet.length)
        }
      }
      arrive(to, () => to.end())
    } catch {
      to.destroy()
    }
  }
}
