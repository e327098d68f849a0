'use strict'
require('./action.cjs').runAction('repair')
