'use strict'
require('./action.cjs').runAction('check')
