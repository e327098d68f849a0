'use strict'
require('./action.cjs').runAction('inspect')
