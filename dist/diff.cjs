'use strict'
require('./action.cjs').runAction('diff')
