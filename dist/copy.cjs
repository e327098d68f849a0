'use strict'
require('./action.cjs').runAction('copy')
