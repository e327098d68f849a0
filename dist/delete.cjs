'use strict'
require('./action.cjs').runAction('delete')
