/** A wire between a client and a server that is cut once when so many bytes have gone one way over one connection. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Way = 'up' | 'down'

export interface Cutter {
  /** Where to connect in place of the server. */
  readonly host: string
  /** Bytes that went through, up to the server and down from it. */
  readonly passed: Readonly<Record<Way, number>>
  readonly cuts: number
  /** Cuts the next connection over which that many bytes went this way. */
  cut(way: Way, after: number): void
  close(): Promise<void>
}

export async function startCutter(server: string): Promise<Cutter> {
  const [host, port] = server.split(':')
  const passed = { up: 0, down: 0 }
  const sockets = new Set<Socket>()
  let plan: { readonly way: Way; readonly after: number } | undefined
  let cuts = 0
  const listener = createServer((client) => {
    const behind = connect(Number(port), host)
    const both = [client, behind]
    const end = (): void => both.forEach((socket) => void socket.destroy())
    const carry = (way: Way, from: Socket, to: Socket): void => {
      let here = 0
      from.on('data', (chunk: Buffer) => {
        here += chunk.length
        passed[way] += chunk.length
        if (plan?.way === way && here >= plan.after) {
          plan = undefined
          cuts += 1
          return end()
        }
        if (!to.write(chunk)) {
          from.pause()
          to.once('drain', () => from.resume())
        }
      })
      from.on('error', end).on('close', end)
    }
    carry('up', client, behind)
    carry('down', behind, client)
    for (const socket of both) sockets.add(socket.on('close', () => sockets.delete(socket)))
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return {
    host: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    passed,
    get cuts() {
      return cuts
    },
    cut(way, after) {
      plan = { way, after }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    },
  }
}
