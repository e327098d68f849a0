'use strict'
require('./action.cjs').runAction('verify')
