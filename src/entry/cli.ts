#!/usr/bin/env node
/**
 * The command `ferry`. Starts with nothing loaded: `--version` is answered here, everything else is fetched when asked for.
 */
import { PRODUCT } from '../kit/product.ts'

if (process.argv[2] === '--version' || process.argv[2] === '-V') process.stdout.write(`${PRODUCT.version}\n`)
else void import('./command-line.ts').then(({ commandLine }) => commandLine(process.argv.slice(2)))
