'use strict'
require('./action.cjs').runAction('list')
