'use strict'
require('./action.cjs').runAction('sign')
