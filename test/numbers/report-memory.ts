/** Preloaded into a process: when it ends, MEMORY_REPORT is told how much memory it had at most. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { maxRSS } = process.resourceUsage()
  // maxRSS is in KiB.
  writeFileSync(process.env['MEMORY_REPORT'] ?? '/dev/null', String(maxRSS / 1024))
})
