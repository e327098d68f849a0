'use strict'
require('./action.cjs').runAction('run')
