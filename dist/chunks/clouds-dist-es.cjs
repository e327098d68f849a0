const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_amazon_client = require("./clouds-amazon-client.cjs");

exports.fromEnv = require_amazon_client.fromEnv;