'use strict'
require('./action.cjs').runAction('promote')
