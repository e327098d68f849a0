#!/usr/bin/env node
if (Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write('ferry: error: this is Node ' + process.versions.node + ', and ferry needs Node 22 or newer\n');
  process.exit(2);
}
const require_rolldown_runtime = require("./chunks/rolldown-runtime.cjs");
const require_product = require("./chunks/product.cjs");

// src/entry/cli.ts
if (process.argv[2] === "--version" || process.argv[2] === "-V") process.stdout.write(`${require_product.PRODUCT.version}\n`);
else Promise.resolve().then(() => require("./chunks/command-line.cjs")).then(({ commandLine }) => commandLine(process.argv.slice(2)));
