'use strict'
require('./action.cjs').runAction('push')
